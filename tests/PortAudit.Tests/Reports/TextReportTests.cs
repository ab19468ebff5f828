using PortAudit.Audit;
using PortAudit.Reports;
using PortAudit.Reports.Text;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Reports;

public sealed class TextReportTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_report_reads_as_the_golden_text(int width) =>
        Golden.Equal($"Reports/Golden/report-{width}.txt", Text(SampleReport.Run(), width));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(160)]
    public void No_line_is_longer_than_the_page_and_no_word_is_lost(int width)
    {
        var text = Text(SampleReport.Run(), width);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.Equal(Words(Text(SampleReport.Run(), 100), "Role pairs"), Words(text, "Role pairs"));
    }

    [Fact]
    public void Without_colour_there_is_no_escape_character() => Assert.DoesNotContain('\u001b', Text(SampleReport.Run(), 100));

    [Fact]
    public void Colour_adds_to_the_words_and_takes_none_away()
    {
        var colored = Text(SampleReport.Run(), 100, color: true);
        Assert.Contains("\u001b[", colored, StringComparison.Ordinal);
        Assert.Equal(Text(SampleReport.Run(), 100), WithoutColour(colored));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_network_named_is_neither_markup_nor_an_escape_sequence(bool color)
    {
        var text = Text(SampleReport.Run(), 160, color);
        Assert.Contains("[red]\\u{001B}[2Jevil\\u{202E}gnp.exe[/].", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_without_a_packet_is_named_as_the_reason_for_an_empty_report()
    {
        var text = Text(SampleReport.EmptyRun(), 100);
        Assert.StartsWith("Contoso pilot: no findings; 0 flows judged:", text, StringComparison.Ordinal);
        Assert.Contains("None. The captures hold no packet, so nothing can be said of the rules.", text, StringComparison.Ordinal);
        Assert.Contains("None: no flow was found.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PARTIAL", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_without_drop_counts_are_not_said_to_be_without_loss()
    {
        var run = SampleReport.Run();
        var silent = run.Report.Observation with { Captures = [run.Report.Observation.Captures[0]], Points = [run.Report.Observation.Points[0] with { Dropped = 0, Streams = default }] };
        var none = new CaptureAnnotations { Drops = [new InterfaceStatistics(0, null) { DroppedBySystem = 0 }] };
        var counted = silent with { Captures = [silent.Captures[0] with { Annotations = none }] };
        Assert.Contains("Loss          the captures do not say how many packets they lost\n", Text(With(run, silent), 160), StringComparison.Ordinal);
        Assert.Contains("Loss          none reported\n", Text(With(run, counted), 160), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reason_for_an_empty_report_has_its_own_sentence()
    {
        var empty = SampleReport.EmptyRun();
        var packets = empty.Report.Coverage with { Packets = 5 };
        var flows = packets with { Flows = 3 };
        var roles = flows with { RolesSeen = ["lync-director"] };
        Assert.Contains("but no flow", Text(With(empty, packets), 160), StringComparison.Ordinal);
        Assert.Contains("No flow involves a host with a role", Text(With(empty, flows), 160), StringComparison.Ordinal);
        Assert.Contains("No flow runs between roles", Text(With(empty, roles), 160), StringComparison.Ordinal);
        var pairs = empty with { Report = SampleReport.Run().Report with { Findings = [] } };
        Assert.Contains("Every flow between the roles is covered by a rule", Text(pairs, 160), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_do_not_apply_are_named_when_the_reader_asks()
    {
        Assert.DoesNotContain("lync.xmpp: ", Text(SampleReport.Run(), 120), StringComparison.Ordinal);
        using var writer = new StringWriter();
        TextReport.Write(SampleReport.Run(), writer, new TextReportOptions(120, Color: false, Verbose: true));
        Assert.Contains("- lync.xmpp: lync-director -> lync-edge-internal", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_alone_is_the_first_paragraph_of_the_report()
    {
        using var writer = new StringWriter();
        TextReport.WriteVerdict(SampleReport.Run(), writer, new TextReportOptions(100, Color: false, Verbose: false));
        Assert.StartsWith(writer.ToString(), Text(SampleReport.Run(), 100), StringComparison.Ordinal);
        Assert.Contains("PARTIAL: 1 capture could not be read whole, 1 input could not be opened;", writer.ToString(), StringComparison.Ordinal);
    }

    private static AuditRun With(AuditRun run, ObservationSummary observation) => run with { Report = run.Report with { Observation = observation } };

    private static AuditRun With(AuditRun run, CoverageSummary coverage) => run with { Report = run.Report with { Coverage = coverage } };

    private static string Text(AuditRun run, int width, bool color = false)
    {
        using var writer = new StringWriter();
        TextReport.Write(run, writer, new TextReportOptions(width, color, Verbose: false));
        return writer.ToString();
    }

    /// <summary>The characters before a heading, blanks apart: wrapping may move them, not lose them.</summary>
    private static string Words(string text, string heading) => string.Concat(text[..text.IndexOf(heading, StringComparison.Ordinal)].Where(c => !char.IsWhiteSpace(c)));

    private static string WithoutColour(string text) =>
        string.Join('\n', System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "").Split('\n').Select(line => line.TrimEnd()));
}
