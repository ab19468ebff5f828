using System.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>What names a flow of a log.</summary>
internal static class LogFlowId
{
    /// <summary>Number of a flow. The identifier goes in, so that a flow of a log is none of a capture of the same
    /// packets.</summary>
    public static ulong Of(in LogSides sides, IpProtocol transport, VlanTags vlan, long startNs, string point,
        string identifier, FrameReference line)
    {
        var key = FlowKey.Between(sides.Originator, sides.Responder, vlan, transport);
        var digest = FnvHash.Basis;
        foreach (var letter in identifier)
            digest = FnvHash.With(digest, letter);
        return FlowIdHash.Of(key, startNs, point, identifier.Length > 0 ? digest : (ulong)line.Number);
    }

    /// <summary>The log's own identifier as text; empty for one that is too long or not printable ASCII.</summary>
    public static string IdentifierOf(ReadOnlySpan<byte> text) =>
        text.Length <= LogOrigin.MaximumIdentifier && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            ? Encoding.ASCII.GetString(text)
            : "";

    /// <summary>End of a flow by start and duration, both in nanoseconds.</summary>
    public static long EndOf(long startNs, long? durationNs) =>
        startNs > 0 && durationNs > long.MaxValue - startNs ? long.MaxValue : startNs + (durationNs ?? 0);
}
