using System.Net;
using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Model;
using PortAudit.Reports;
using PortAudit.Reports.Baseline;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Audit.PolicyReview;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;

namespace PortAudit.Tests.Reports.Policies;

/// <summary>The worksheet for the owner of a firewall as CSV, Markdown and on the page; and the days in JSON.</summary>
public sealed class WorksheetTests
{
    private const string Hostile = "=cmd|' /c calc'!A0 <script>alert(1)</script>\n| **x** |";

    [Fact]
    public void Markdown_has_a_table_for_each_advice_in_the_order_of_the_work()
    {
        var markdown = Text(Run(), "w.md");

        Assert.StartsWith("## Worksheet for fw\n", markdown, StringComparison.Ordinal);
        Assert.Equal(["### Add: 1 rule", "### Close: 1 rule", "### Tighten: 1 rule", "### Review: 1 rule",
            "### Keep: 1 rule"], markdown.Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.Contains("- **Long enough**: 7 days or more", markdown, StringComparison.Ordinal);
        Assert.Contains("| Risk | Owner | Expiry | Decision |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_to_add_names_roles_and_the_addresses_that_they_stand_for()
    {
        var row = Text(Run(), "w.md").Split('\n')
            .Single(line => line.Contains("now stopped by", StringComparison.Ordinal));

        Assert.StartsWith("| now stopped by sample:1 | client (10.2.0.0/16) | fe (10.0.0.1-10.0.0.2) | tcp 443 | ", row,
            StringComparison.Ordinal);
        Assert.Contains("add,fw,,sample:1,client (10.2.0.0/16),fe (10.0.0.1-10.0.0.2),tcp 443,", Text(Run(), "w.csv"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_has_the_cells_of_the_head()
    {
        var rows = Text(Run(), "w.md").Split('\n').Where(line => line.StartsWith('|')).ToList();

        Assert.Equal(15, rows.Count);
        Assert.All(rows, row => Assert.Equal(12, row.Count(character => character == '|')));
    }

    [Fact]
    public void The_firewall_is_named_where_there_are_several()
    {
        var run = Run();
        run = run with
        {
            Report = run.Report with
            {
                Policies = [run.Report.Policies[0], run.Report.Policies[0] with
            { Name = "second" }]
            }
        };

        Assert.Contains("| fw<br>keep<br>sample:1 | ", Text(run, "w.md"), StringComparison.Ordinal);
        Assert.Contains("| second<br>keep<br>sample:1 | ", Text(run, "w.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("W.MD", "## ")]
    [InlineData("w.markdown", "## ")]
    [InlineData("w.csv", "advice,firewall,")]
    [InlineData("w.txt", "advice,firewall,")]
    [InlineData("-", "advice,firewall,")]
    public void The_extension_of_the_file_chooses_the_form(string path, string begin) =>
        Assert.StartsWith(begin, Text(Run(), path), StringComparison.Ordinal);

    [Fact]
    public void Without_a_firewall_the_worksheet_says_so() => Assert.Contains(
        "No configuration of a firewall was given", Text(SampleReport.Run(), "w.md"), StringComparison.Ordinal);

    [Fact]
    public void Hostile_names_make_no_cell_no_element_no_line_and_no_formula()
    {
        var markdown = Text(Run(Hostile), "w.md");

        Assert.DoesNotContain("<script", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("**x**", markdown, StringComparison.Ordinal);
        Assert.All(markdown.Split('\n').Where(line => line.StartsWith('|')),
            row => Assert.Equal(12, row.Count(character => character == '|')));
        Assert.Contains(",'=cmd|' /c calc'!A0", Text(Run(Hostile), "w.csv"), StringComparison.Ordinal);
        Assert.Single(Regex.Matches(ReportText.Of(Run(Hostile), "report"), "<script", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void The_page_has_a_table_for_each_advice_and_folds_what_stays()
    {
        var page = Chapter(Run());

        Assert.Equal(["Add: 1 rule", "Close: 1 rule", "Tighten: 1 rule", "Review: 1 rule"], Regex
            .Matches(page, "<h4>([^<]*: 1 rule)</h4>").Select(match => match.Groups[1].Value));
        Assert.Contains("<summary>Keep: 1 rule</summary>", page, StringComparison.Ordinal);
        Assert.Equal(3 * 5, Regex.Count(page, "<td class=\"blank\"></td>"));
        Assert.Contains("client (10.2.0.0/16)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_once_what_the_worksheet_says()
    {
        var page = Chapter(Run());

        Assert.DoesNotContain("Rules: document, configuration, traffic", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What the documents ask for", page, StringComparison.Ordinal);
        Assert.Contains("Rules that block, and that traffic met or others cover", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "Long enough\\?"));
    }

    [Fact]
    public void The_text_says_once_for_all_firewalls_whether_the_captures_are_long_enough()
    {
        var run = Run();
        run = run with { Report = run.Report with { Policies = [run.Report.Policies[0], run.Report.Policies[0]] } };

        Assert.Single(Regex.Matches(ReportText.Of(run, "markdown"), "## Long enough\\?"));
        Assert.Equal(2, Regex.Count(ReportText.Of(run, "markdown"), "## Firewall rules: fw"));
    }

    [Fact]
    public void Json_of_a_run_with_a_firewall_meets_its_schema()
    {
        var json = ReportText.Of(Run(), "json");

        // The hashes of the bench are short.
        Assert.DoesNotContain(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema", "audit.schema.json")))
            .Check(json), problem => !problem.Contains("sha256", StringComparison.Ordinal));
        Assert.Contains("\"watched\": {", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"watched\": {", ReportText.Of(SampleReport.Run(), "json"), StringComparison.Ordinal);
    }

    /// <summary>A run of eight days with a rule of each advice, and a needed one that is missing.</summary>
    private static AuditRun Run(string close = "close")
    {
        var bench = new AuditBench(RuleSample.Required("web client fe tcp 443 - any"),
            RuleSample.Of("range client fe tcp 5000-5020 - any"))
        {
            Observation = AuditBench.ObservationOf(TimeSpan.FromDays(8), ""),
            Policies =
            [
                ReviewSample.Bound(Forwarding(
                    Rule("permit tcp 10.2.0.0/16 10.0.0.1,10.0.0.2 5000-5010", "keep"),
                    Rule("permit tcp 10.2.0.0/16 10.0.0.1 5011-6000", "tighten"),
                    Rule("permit tcp any any 8080", "review"), Rule("permit tcp any any 9090", close),
                    Default(PolicyAction.Drop))),
            ],
        };
        var report = bench.Run(Of("10.2.0.9:50000 tcp 10.0.0.1:8080"), Of("10.2.0.9:50000 tcp 10.0.0.1:443"));
        return new AuditRun(report, "1.2.3", [], Interrupted: false);
    }

    private static string Text(AuditRun run, string path)
    {
        using var writer = new StringWriter();
        ReportFormat.All.Single(format => format.Name == "worksheet").For(path).Write(run, writer);
        return writer.ToString();
    }

    private static string Chapter(AuditRun run)
    {
        var page = ReportText.Of(run, "report");
        var begin = page.IndexOf("<section id=\"policies\"", StringComparison.Ordinal);
        return WebUtility.HtmlDecode(page[begin..page.IndexOf("</section>", begin, StringComparison.Ordinal)]);
    }
}
