
namespace PortAudit.Tests.Reports.Markdown;

public sealed class AuditMarkdownTests
{
    private const string Hostile = "x|`y`</td><img src=q onerror=alert(1)>[z](http://e.test)\n# h";

    [Fact]
    public void The_report_reads_as_the_golden_text() =>
        Golden.Equal("Reports/Golden/report.md", ReportText.Of(SampleReport.RunWithBaseline(), "markdown"));

    [Fact]
    public void The_sections_are_those_of_the_text()
    {
        var headings = ReportText.Of(SampleReport.Run(), "markdown").Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal));

        Assert.Equal(["## Findings", "## What the captures could see", "## Required, not seen", "## Role matrix",
            "## Role pairs", "## Hosts and roles", "## Method", "## Exceptions", "## Diagnostics"], headings);
    }

    [Fact]
    public void A_hostile_name_makes_no_cell_no_element_and_no_link()
    {
        var run = SampleReport.Run();
        var report = run.Report with
        {
            RolePairs = [run.Report.RolePairs[0] with { Services = [Hostile] }],
            Findings = [run.Report.Findings[0] with { Explanation = Hostile, FromRole = Hostile }],
            Diagnostics = [Hostile],
        };
        var markdown = ReportText.Of(run with { Report = report }, "markdown");

        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("z](http", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# h", markdown, StringComparison.Ordinal);
        Assert.Equal(7, markdown.Split('\n')
            .Single(line => line.Contains("16 permitted", StringComparison.Ordinal) && line.StartsWith('|'))
            .Count(character => character == '|'));
    }

    [Fact]
    public void A_filter_is_code_that_can_be_copied() =>
        Assert.Contains("- **Filter**:\n\n  ```text\n  ip.addr == 10.0.0.12 && ip.addr == 172.16.0.5 && tcp.port == "
            + "5061\n  ```\n", ReportText.Of(SampleReport.Run(), "markdown"), StringComparison.Ordinal);

    [Fact]
    public void No_two_empty_lines_follow_each_other() =>
        Assert.DoesNotContain("\n\n\n", ReportText.Of(SampleReport.Run(), "markdown"), StringComparison.Ordinal);
}
