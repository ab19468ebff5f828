using System.Globalization;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Reports.Csv;

/// <summary><c>audit --segments-csv</c> on captures/lync-edge.</summary>
public sealed class SegmentCsvTests
{
    [Fact]
    public void Rows_are_the_services_and_add_up_to_the_flows()
    {
        string[] captures = [LyncEdge.Outside, LyncEdge.Inside];
        var run = CommandRun.Of(["audit", .. captures, "--site", LyncEdge.Site, "--segments-csv", "-", "-q"]);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split(',')).ToList();
        var flows = Array.IndexOf(lines[0], "flows");
        var report = LyncEdge.Audit(captures);

        Assert.Equal(report["segment_pairs"]!.AsArray().Sum(pair => pair!["services"]!.AsArray().Count),
            lines.Count - 1);
        Assert.Equal((long)report["coverage"]!["flows"]!,
            lines.Skip(1).Sum(line => long.Parse(line[flows], CultureInfo.InvariantCulture)));
        Assert.Contains(lines, line => line is ["perimeter", "internal", "tcp", "445", "smb2", ..]);
    }
}
