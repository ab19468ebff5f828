using System.Globalization;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>A row of <c>portaudit flows --format csv</c>, as far as tests compare it. No sample value holds a
/// comma.</summary>
internal sealed record FlowRows(string Transport, string Originator, string OriginatorPort, string Responder,
    string ResponderPort, long Packets, long Bytes, string Protocol, string CommunityId, string DirectionBasis,
    string Outcome)
{
    /// <summary>The flows of captures.</summary>
    public static IReadOnlyList<FlowRows> Of(params string[] captures)
    {
        var run = CommandRun.Of(["flows", .. captures, "--format", "csv"]);
        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => Parse(columns, line.Split(',')))];
    }

    private static FlowRows Parse(string[] columns, string[] cells)
    {
        string Cell(string name) => cells[Array.IndexOf(columns, name)];
        long Number(string name) => long.Parse(Cell(name), CultureInfo.InvariantCulture);
        return new FlowRows(
            Cell("transport"),
            Cell("originator"),
            Cell("originator_port"),
            Cell("responder"),
            Cell("responder_port"),
            Number("packets_out") + Number("packets_in"),
            Number("bytes_out") + Number("bytes_in"),
            Cell("protocol"),
            Cell("community_id"),
            Cell("direction_basis"),
            Cell("outcome"));
    }
}
