using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>An audit that judged nothing does not look like one that found nothing.</summary>
public sealed class NotJudgedTests
{
    private static readonly FlowRecord OutOfScope = Of("10.9.7.1:50000 tcp 10.9.8.2:8080");
    private static readonly FlowRecord Housekeeping = Of("10.0.7.1:5353 udp 224.0.0.251:5353");
    private static readonly FlowRecord Judged = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip");

    [Fact]
    public void Flows_out_of_scope_alone_are_a_finding()
    {
        var report = Bench().Run(OutOfScope, OutOfScope.At(5), Housekeeping);

        var finding = Assert.Single(report.Findings);
        Assert.Equal((FindingKind.NothingJudged, Severity.Medium), (finding.Kind, finding.Severity));
        Assert.Equal("All 2 flows are between addresses without a role in the site, none crosses between segments, and "
            + "no site rule covers them. 1 further flow is link housekeeping.",
            finding.Explanation);
        Assert.Equal(finding.Explanation, report.NotJudged!.Reason);
    }

    [Fact]
    public void Housekeeping_alone_is_a_finding() =>
        Assert.StartsWith("The only flow is link housekeeping", Bench().Run(Housekeeping).NotJudged!.Reason,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(LinkProtocol.Ipx, 60, "60 of 100 frames carry IPX.")]
    [InlineData(LinkProtocol.Ipx, 40, "multicast")]
    [InlineData(LinkProtocol.Arp, 60, "multicast")]
    public void Frames_without_ip_are_told_where_they_are_most(LinkProtocol protocol, long frames, string words)
    {
        var bench = Bench();
        bench.Observation = bench.Observation with
        {
            Points = [bench.Observation.Points[0] with { Packets = 100 }],
            LinkProtocols = [new LinkProtocolCount(protocol, frames, new FrameReference(0, 3))],
        };

        Assert.Contains(words, bench.Run(Housekeeping).NotJudged!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_without_a_flow_are_a_finding() =>
        Assert.Equal(FindingKind.NothingJudged, Assert.Single(Bench().Run().Findings).Kind);

    [Fact]
    public void One_flow_that_was_judged_is_enough()
    {
        var report = Bench().Run(OutOfScope, Judged);

        Assert.Null(report.NotJudged);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Captures_without_a_packet_were_not_judged_and_are_no_finding()
    {
        var bench = Bench();
        bench.Observation = bench.Observation with
        {
            Captures = [.. bench.Observation.Captures.Select(capture => capture with { Packets = 0 })]
        };
        var report = bench.Run();

        Assert.NotNull(report.NotJudged);
        Assert.Empty(report.Findings);
    }

    [Theory]
    [InlineData("text", "Bench: NOT JUDGED, 1 finding, gravest medium (1 medium).")]
    [InlineData("markdown", "**NOT JUDGED**")]
    [InlineData("report", "NOT JUDGED. The only flow is between addresses")]
    [InlineData("sarif", "NOT JUDGED. The only flow is between addresses")]
    [InlineData("junit", "nothing-judged")]
    [InlineData("json", "\"not_judged\": {")]
    public void Every_format_says_so(string format, string expected)
    {
        var run = new AuditRun(Bench().Run(OutOfScope), "1.0", [], false);
        using var writer = new StringWriter();
        TextReport.Write(run, writer, new TextReportOptions(100, Color: false, Verbose: false));
        var text = format == "text" ? writer.ToString() : ReportText.Of(run, format);

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("✔", text, StringComparison.Ordinal);
    }

    private static AuditBench Bench() => new(RuleSample.Of("r fe edge tcp 5061 sip any"));
}
