using System.Text.Json;
using PortAudit.Audit.Trends;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Plots;
using PortAudit.Tests.Audit.Trends;

namespace PortAudit.Tests.Reports;

/// <summary>How a trend is written.</summary>
public sealed class TrendReportTests
{
    private const string Ssh = "10.2.0.9:50000 tcp 10.0.0.1:22";

    [Fact]
    public void The_section_says_what_was_compared_and_what_changed()
    {
        var text = Section(Bench().Add(2, 3, "10.2.0.9:50000 tcp 10.0.0.1:25"));

        Assert.Contains("Flows began on 3 days (UTC), 2026-11-02 to 2026-11-04. Each counts for the day of its start",
            text, StringComparison.Ordinal);
        Assert.Contains("Grown, gone and shrunk compare 3 days that were watched at the same times, the last of them "
            + "2026-11-04.", text, StringComparison.Ordinal);
        Assert.Matches(@"\(watched\) +24 h +24 h +24 h", text);
        Assert.Matches(@"clients -> internal +escaped +30 +33 +3", text);
        Assert.Matches(@"new +escaped +clients -> internal +tcp 25 +3 +first on 2026-11-04; not in 2 days \(48 h "
            + @"watched\) before", text);
        Assert.Matches(@"gone +escaped +clients -> internal +tcp 22 +63 +last on 2026-11-03; in 2 of 2 days until "
            + @"then; not in 1 day \(24 h watched\) since", text);
    }

    [Fact]
    public void Growth_is_told_with_the_median_before()
    {
        var text = Section(new TrendBench(0, 7, 14) { By = TrendPeriod.Week }.Add(0, 40).Add(7, 45).Add(14, 120));

        Assert.Matches(@"grown +permitted +clients -> internal +tcp 443 +120 +that many or more since the week from "
            + @"2026-11-16; median 42\.5 of 2 weeks \(48 h watched\) before", text);
    }

    [Fact]
    public void One_period_is_one_sentence() => Assert.Equal("All flows began on 2026-11-02: there is no trend.",
        Section(new TrendBench(0).Add(0, 9)).Trim());

    [Fact]
    public void What_cannot_be_told_is_said()
    {
        var text = Section(new TrendBench(2).Watch(TrendBench.Monday, TrendBench.Monday + (20 * TrendBench.Hour))
            .Add(0, 20).Add(2, 20).Add(2, 3, Ssh));

        Assert.Contains("No day was watched at the times of an earlier one, so nothing is called new", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is new", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_came_when_nothing_was_watched_before_are_counted() => Assert.Contains(
        "1 word of a service came at times at which no day before was watched",
        Section(new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(2, 30, Ssh, point: "inside")
            .Watch(TrendBench.Monday + (2 * TrendBench.Day), TrendBench.Monday + (3 * TrendBench.Day) - 1, "inside")),
        StringComparison.Ordinal);

    [Fact]
    public void The_document_meets_the_schema_with_and_without_changes()
    {
        var schema = new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json")));
        foreach (var bench in new[] { Bench(), new TrendBench(0).Add(0, 1) })
            Assert.DoesNotContain(schema.Check(ReportText.Of(Run(bench), "json")),
                error => error.StartsWith("$.trend", StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_has_a_number_for_each_period()
    {
        using var json = JsonDocument.Parse(ReportText.Of(Run(Bench()), "json"));
        var trend = json.RootElement.GetProperty("trend");
        var service = trend.GetProperty("pairs")[0].GetProperty("services")[0];

        Assert.Equal("22", service.GetProperty("port").GetString());
        Assert.Equal("""{"escaped":[30,33,0]}""", service.GetProperty("counts").GetRawText().Replace("\n", "")
            .Replace(" ", ""));
        Assert.Equal("""["2026-11-02","2026-11-03","2026-11-04"]""", trend.GetProperty("periods_alike").GetRawText()
            .Replace("\n", "").Replace(" ", ""));
    }

    [Fact]
    public void The_page_has_a_bar_for_each_period_and_every_flow_is_in_one()
    {
        var trend = Bench().Trend();
        var plot = TrendPlots.OfAll(trend);

        Assert.Equal(["11-02", "11-03", "11-04"], plot.Axis.Ticks.Select(tick => tick.Label));
        Assert.Equal("213 flows", plot.Shown);
        Assert.Contains("escaped: not allowed, arrived (63 flows)", plot.Legend.Select(key => key.Text));
        Assert.Contains("id=\"trend\"", ReportText.Of(Run(Bench()), "report"), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_of_a_class_stand_on_top_of_each_other()
    {
        static BarLane LaneOf(long amount) => new("lane", new PlotMark("c", ""), [amount]);
        var drawing = new BarDrawing(["a"], [LaneOf(3), LaneOf(5)], amount => $"{amount}") { IsStacked = true }
            .Of("title", "amount", "axis", amount => $"{amount}", "8");
        var (below, above) = (Numbers(drawing.Marks[0].Path), Numbers(drawing.Marks[1].Path));

        Assert.Equal(below[0], above[0]);
        Assert.Equal(below[1] - below[2], above[1], 0.1);
    }

    /// <summary>Left, bottom and height of a bar.</summary>
    private static double[] Numbers(string path) =>
        [.. path.Split(['M', ' ', 'v', 'h', '-'], StringSplitOptions.RemoveEmptyEntries).Take(3)
            .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];

    private static TrendBench Bench() => new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(0, 30, Ssh)
        .Add(1, 33, Ssh);

    private static AuditRun Run(TrendBench bench) => new(bench.Report(), "0", [], false);

    private static string Section(TrendBench bench)
    {
        using var writer = new StringWriter();
        PortAudit.Reports.Text.TextReport.Render(writer,
            new PortAudit.Reports.Text.TextReportOptions(160, Color: false, Verbose: false),
            page => PortAudit.Reports.Text.TrendSection.Write(page, bench.Trend(), verbose: false));
        var text = writer.ToString();
        return string.Join(' ', text.Split('\n').SkipWhile(line => !line.StartsWith('─')).Skip(1));
    }
}
