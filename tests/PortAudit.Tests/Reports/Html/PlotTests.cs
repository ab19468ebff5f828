using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Reports.Html;
using PortAudit.Reports.Pictures;
using PortAudit.Reports.Plots;

namespace PortAudit.Tests.Reports.Html;

public sealed class PlotTests
{
    private const long DayInMilliseconds = ReportRuns.Day / ReportRuns.Millisecond;

    [Fact]
    public void A_gap_of_a_month_is_cut_out_and_drawn()
    {
        var scale = ScaleOf(0, 30 * DayInMilliseconds);
        var cut = Assert.Single(scale.Breaks);

        Assert.Equal("29 d 23 h", TimeWords.Silence(cut.LengthNs));
        Assert.InRange(scale.X(ReportRuns.StartNs), PlotDrawing.Left, cut.Left);
        Assert.InRange(scale.X(ReportRuns.StartNs + (30 * ReportRuns.Day)), cut.Right, PlotDrawing.Right);
        Assert.Contains("nothing for 29 d 23 h", FiguresOf(0, 30 * DayInMilliseconds), StringComparison.Ordinal);
    }

    [Fact]
    public void What_reaches_beyond_its_stretch_of_the_axis_does_not_stand_in_the_cut()
    {
        var scale = ScaleOf(0, 30 * DayInMilliseconds);
        var cut = Assert.Single(scale.Breaks);

        Assert.Equal(cut.Left, scale.Span(ReportRuns.StartNs, ReportRuns.Day).Right);
        Assert.Equal(cut.Right, scale.Span(ReportRuns.StartNs + (29 * ReportRuns.Day), ReportRuns.Day).Left);
    }

    [Fact]
    public void Steady_traffic_is_not_cut() =>
        Assert.Empty(ScaleOf([.. Enumerable.Range(0, 25).Select(hour => hour * 3_600_000L)]).Breaks);

    [Fact]
    public void One_flow_stands_in_the_middle_and_has_a_label()
    {
        var scale = ScaleOf(0);

        Assert.InRange(scale.X(ReportRuns.StartNs), 440, 500);
        Assert.Contains(TimeTicks.Of(scale), tick => tick.Label.Length > 0 && tick.Date == "2013-05-01");
    }

    [Fact]
    public void A_fifth_of_a_second_has_labels_in_milliseconds()
    {
        var labels = TimeTicks.Of(ScaleOf(0, 50, 120, 200)).Select(tick => tick.Label).Where(label => label.Length > 0)
            .ToList();

        Assert.InRange(labels.Count, 4, 9);
        Assert.All(labels, label => Assert.StartsWith("10:00:00.", label, StringComparison.Ordinal));
    }

    [Fact]
    public void A_clock_that_jumps_by_decades_is_a_cut_told_in_years()
    {
        var from1970 = ReportRuns.Timeline("a", "b", [-ReportRuns.StartNs / ReportRuns.Millisecond, 0, 5]);
        var cut = Assert.Single(TimeScale.Of(from1970, PlotDrawing.Left, PlotDrawing.Right).Breaks);

        Assert.Equal("43 years", TimeWords.Silence(cut.LengthNs));
    }

    [Fact]
    public void Times_at_the_edges_of_what_can_be_counted_are_drawn()
    {
        var plot = new TimePlot<VerdictWord>(3640 * ReportRuns.Day,
        [
            new TimeColumn<VerdictWord>(long.MinValue / 2, [new(ReportRuns.Arrived(Verdict.Expected), 1)]),
            new TimeColumn<VerdictWord>(long.MaxValue - 5, [new(ReportRuns.Arrived(Verdict.Expected), 1)]),
        ]);
        var timeline = ReportRuns.Timeline("a", "b", [0]) with { Flows = plot };

        Assert.Equal(5, Figures(timeline).Split("<figure").Length - 1);
        Assert.All(PlotFiles.Of(ReportRuns.Of(timeline), PlotFormat.Svg), file => XDocument.Parse(TextOf(file)));
    }

    [Fact]
    public void A_label_stands_below_its_mark()
    {
        var ticks = TimeTicks.Of(ScaleOf([.. Enumerable.Range(0, 61).Select(minute => minute * 60_000L)]));

        Assert.InRange(ticks[0].X, PlotDrawing.Left, PlotDrawing.Left + 20);
        Assert.All(ticks[..^1], tick => Assert.Equal(tick.X, tick.LabelX));
    }

    [Fact]
    public void Entries_of_a_legend_of_several_lines_stand_one_below_the_other()
    {
        ImmutableArray<int> lengths = [20, 35, 12, 40, 25, 28, 9];
        ImmutableArray<PlotKey> legend =
            [.. lengths.Select(length => new PlotKey(default, new string('x', length)))];
        var (places, rows) = PlotDrawing.LayOut(legend, 0);

        Assert.Equal(3, rows);
        Assert.Equal(3, places.Select(place => place.X).Distinct().Count());
        Assert.Equal(places[0].X, places[3].X);
        Assert.All(legend.Zip(places), entry => Assert.InRange(entry.Second.X + (entry.First.Text.Length * 6.6),
            PlotDrawing.Left, PlotDrawing.Right));
    }

    [Fact]
    public void Labels_do_not_overlap()
    {
        foreach (var moments in new long[][] { [0], [0, 3], [0, 100], [0, 5000, 5001], [0, 40 * DayInMilliseconds],
            [0, DayInMilliseconds, 100 * DayInMilliseconds, 2000 * DayInMilliseconds] })
        {
            var labels = TimeTicks.Of(ScaleOf(moments)).Where(tick => tick.Label.Length > 0).Select(tick => tick.LabelX)
                .ToList();
            Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 72, $"{pair}"));
        }
    }

    [Fact]
    public void Few_ports_have_a_row_each_and_many_share_an_axis()
    {
        var few = PortScale.Of([DotAt(53), DotAt(443), DotAt(65535)], 0, 90);
        var many = PortScale.Of(
            [.. Enumerable.Range(0, 800).Select(index => DotAt((ushort)(index * 80)))], 0, 90);

        Assert.Equal(["53", "443", "65535"], few.Ticks.Select(tick => tick.Label));
        Assert.Equal([75, 45, 15], few.Ticks.Select(tick => tick.Y));
        Assert.True(many.Y(1) > many.Y(1023) && many.Y(1023) > many.Y(40_000) && many.Y(40_000) > many.Y(65_535));
        Assert.Equal(many.Ticks.Length, many.Ticks.Select(tick => tick.Label).Distinct().Count());
    }

    [Theory]
    [InlineData(218)]
    [InlineData(280)]
    public void Fixed_ports_have_a_row_each_beside_a_range_of_many(double height)
    {
        ushort[] few = [22, 53, 80, 443, 445, 1433, 3389, 5985, 8443];
        var scale = PortScale.Of([.. few.Select(DotAt), .. Enumerable.Range(0, 17)
            .Select(index => DotAt((ushort)(49152 + (1023 * index))))], 0, height);

        Assert.Equal(few.Select(port => $"{port}"), scale.Ticks.Take(few.Length).Select(tick => tick.Label));
        Assert.Equal(("49152", "65535"), (scale.Ticks[few.Length].Label, scale.Ticks[^1].Label));
        Assert.All(scale.Ticks.Zip(scale.Ticks.Skip(1)),
            pair => Assert.True(pair.First.Y - pair.Second.Y >= 11.5, $"{pair}"));
    }

    [Fact]
    public void Sections_of_many_ports_are_plain_where_their_rows_would_be_too_low()
    {
        ImmutableArray<PortDot> dots = [.. Enumerable.Range(1, 12).SelectMany(index => new[]
            { DotAt((ushort)(index * 80)), DotAt((ushort)(index * 3000)), DotAt((ushort)(50_000 + index)) })];

        ImmutableArray<double> heights = [218, 280, 400];
        Assert.All(heights, height => Assert.All(PortScale.Of(dots, 0, height).Ticks
            .Zip(PortScale.Of(dots, 0, height).Ticks.Skip(1)),
            pair => Assert.True(pair.First.Y - pair.Second.Y >= 6, $"{height}: {pair}")));
        Assert.Contains(PortScale.Of(dots, 0, 500).Ticks, tick => tick.Label == "50001");
        Assert.DoesNotContain(PortScale.Of(dots, 0, 218).Ticks, tick => tick.Label == "50001");
    }

    [Fact]
    public void The_first_and_the_last_port_stand_within_the_axis()
    {
        var scale = PortScale.Of([.. Enumerable.Range(0, 821).Select(index => DotAt((ushort)(index * 79)))], 14, 232);

        Assert.InRange(scale.Y(0), 14, 225.5);
        Assert.InRange(scale.Y(65535), 20.5, 232);
    }

    [Fact]
    public void Ports_that_lie_close_have_round_marks_between_the_first_and_the_last() => Assert.Equal(
        ["5000", "5020", "5040", "5060", "5075"],
        PortScale.Of([.. Enumerable.Range(0, 26).Select(index => DotAt((ushort)(5000 + (index * 3))))], 0, 90).Ticks
            .Select(tick => tick.Label));

    [Theory]
    [InlineData(20, "20 ms")]
    [InlineData(1000, "1 s")]
    [InlineData(900_000, "15 min")]
    [InlineData(7_200_000, "2 h")]
    [InlineData(604_800_000, "7 d")]
    public void The_width_of_a_column_is_told_in_one_unit(long milliseconds, string words) =>
        Assert.Equal(words, TimeWords.Width(milliseconds * ReportRuns.Millisecond));

    [Fact]
    public void What_is_there_is_never_too_small_to_be_seen()
    {
        var timeline = ReportRuns.Timeline("a", "b", [0]) with
        {
            Flows = new TimePlot<VerdictWord>(ReportRuns.Millisecond, [new TimeColumn<VerdictWord>(ReportRuns.StartNs,
                [new(ReportRuns.Arrived(Verdict.Expected), 1_000_000),
                    new(ReportRuns.Arrived(Verdict.Unexpected), 1)])]),
        };
        var drawing = PairPlots.Of(timeline, [], PlotDetail.Full).Single(plot => plot.Kind == PlotKind.Flows).Drawing;

        Assert.Contains("v-1.6h", drawing.Marks[1].Path, StringComparison.Ordinal);
        Assert.Equal("hatch-rising", drawing.Marks[1].Hatch);
        Assert.Null(drawing.Marks[0].Hatch);
    }

    [Fact]
    public void Delays_have_a_row_for_each_protocol_and_say_when_half_and_nearly_all_were_answered()
    {
        var drawing = Delays(Lane("dns", (1_000_000, 60), (2_000_000, 39), (800_000_000, 1)),
            Lane("tls/sip", (4_000_000, 1)));

        Assert.Equal(["dns: 100 flows, half answered within 1.12 ms, 95 in 100 within 2.24 ms",
            "tls/sip: 1 flow, answered within 4.5 ms"], drawing.Captions.Select(caption => caption.Text));
        Assert.Equal(["1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms", "100 ms", "200 ms", "500 ms", "1 s"],
            drawing.Axis.Ticks.Select(tick => tick.Label));
        Assert.Equal(PlotDrawing.Left, drawing.Axis.Ticks[0].X);
        Assert.Equal(PlotDrawing.Right, drawing.Axis.Ticks[^1].X);
        Assert.Contains("dns: 39 flows answered in 2 ms to 2.24 ms", drawing.Hints.Select(hint => hint.Text));
    }

    [Fact]
    public void Delays_of_many_protocols_share_a_row_and_none_is_lost()
    {
        var drawing = Delays([.. Enumerable.Range(0, 20)
            .Select(index => Lane($"p{index}", (1000L << index, index + 1)))]);

        Assert.Equal(DelayDrawing.MaximumRows, drawing.Captions.Length);
        Assert.StartsWith("13 other protocols: 91 flows, half", drawing.Captions[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shortest_and_the_longest_delay_are_on_their_axis()
    {
        var drawing = Delays(Lane("a", (0, 1), (long.MaxValue, 1)));

        Assert.Equal(("100 ns", "1000 s"), (drawing.Axis.Ticks[0].Label, drawing.Axis.Ticks[^1].Label));
        Assert.All(drawing.Hints, hint => Assert.InRange(hint.X, PlotDrawing.Left, PlotDrawing.Right - hint.Width));
    }

    [Fact]
    public void Labels_of_a_delay_axis_do_not_overlap()
    {
        for (var decades = 1; decades <= 10; decades++)
        {
            var labels = Delays(Lane("a", (0, 1), ((long)Math.Pow(10, decades + 2), 1))).Axis.Ticks
                .Where(tick => tick.Label.Length > 0).ToList();
            Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second.LabelX - pair.First.LabelX
                >= 3.2 * (pair.First.Label.Length + pair.Second.Label.Length), $"{decades}: {pair}"));
        }
    }

    [Fact]
    public void Verdicts_differ_in_shape_or_outline_too()
    {
        var looks = Enum.GetValues<Verdict>().Where(verdict => verdict is not Verdict.OutOfScope)
            .Select(verdict => (VerdictLook.ShapeOf(verdict, 0, 0, 4), VerdictLook.IsOutlined(verdict)));

        Assert.Equal(looks.Distinct().Count(), looks.Count());
    }

    [Fact]
    public void Plots_are_drawn_as_somebody_saw_them() =>
        Golden.Equal("Reports/Html/Golden/figures.html", FiguresOf(0, 1000, 1004, 90_000));

    [Fact]
    public void A_changed_value_changes_the_plot() =>
        Assert.All(Svgs(0, 1000, 1004, 90_000).Zip(Svgs(0, 1000, 1300, 90_000, 95_000)),
            pair => Assert.NotEqual(TextOf(pair.First), TextOf(pair.Second)));

    [Fact]
    public void File_names_are_safe_and_differ_whatever_roles_are_called()
    {
        var run = ReportRuns.Of(ReportRuns.Timeline("../../etc", "CON", [0]),
            ReportRuns.Timeline("..\\..\\etc", "con", [0]), ReportRuns.Timeline(ReportRuns.Hostile, "\u202E", [0]));
        var names = PlotFiles.Of(run, PlotFormat.Svg).Select(file => file.FileName).ToList();

        Assert.Equal(21, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^[a-z0-9]+(-{1,2}[a-z0-9]+)*\\.svg$", name));
        Assert.All(names, name => Assert.InRange(name.Length, 5, 120));
    }

    [Fact]
    public void A_plot_is_well_formed_alone_even_with_hostile_names()
    {
        foreach (var file in PlotFiles.Of(ReportRuns.WithHostileNames(), PlotFormat.Svg))
        {
            var root = XDocument.Parse(TextOf(file)).Root!;
            Assert.Equal("http://www.w3.org/2000/svg", root.Name.NamespaceName);
            Assert.DoesNotContain("var(", TextOf(file), StringComparison.Ordinal);
            Assert.NotEmpty(root.Element(root.Name.Namespace + "title")!.Value);
            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "img");
        }
    }

    private static PlotDrawing Delays(params DelayLane[] lanes) => DelayDrawing.Of([.. lanes], withHints: true);

    private static DelayLane Lane(string protocol, params (long Ns, int Flows)[] delays) =>
        ReportRuns.Delays(protocol, delays.SelectMany(delay => Enumerable.Repeat(delay.Ns, delay.Flows)));

    private static PortDot DotAt(ushort port) => new(ReportRuns.StartNs, port, port, Verdict.Expected, 1, 0);

    private static TimeScale ScaleOf(params long[] moments) =>
        TimeScale.Of(ReportRuns.Timeline("a", "b", moments), PlotDrawing.Left, PlotDrawing.Right);

    private static List<PlotFile> Svgs(params long[] moments) =>
    [
        .. PlotFiles.Of(ReportRuns.Of(ReportRuns.Timeline("lync-director", "lync-edge-internal", moments)),
            PlotFormat.Svg).Where(file => !file.FileName.StartsWith("matrix", StringComparison.Ordinal)),
    ];

    private static string TextOf(PlotFile file) => Encoding.UTF8.GetString(file.Bytes.Span);

    private static string FiguresOf(params long[] moments) =>
        Figures(ReportRuns.Timeline("lync-director", "lync-edge-internal", moments));

    private static string Figures(RolePairTimeline timeline) => HtmlReport.Render<PairPlotFigures>(
        new Dictionary<string, object?> { [nameof(PairPlotFigures.Timeline)] = timeline });
}
