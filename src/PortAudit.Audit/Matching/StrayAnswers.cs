using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>TCP flows in which nobody opened anything, and handshakes that came to nothing.</summary>
internal static class StrayAnswers
{
    private const char OriginatorReset = 'R';

    /// <summary>
    /// True for SYN-ACKs and resets without anything that they answer: what comes back from a forged flood
    /// (backscatter), or the last words of a connection of which nothing else was captured. A reset that answers other
    /// segments belongs to a probe (<see cref="BareSegments.IsFlagProbe"/>).
    /// </summary>
    public static bool IsStray(this FlowRecord flow) =>
        flow.IsBare() && flow.History.Length > 0 && !flow.IsFlagProbe() && HasOnlyAnswers(flow.History);

    /// <summary>
    /// True for a handshake that was left after the SYN-ACK though one side repeated its packet: the other side's did
    /// not arrive. An originator that resets it has got the answer and wanted no more, as load balancers do that test a
    /// port.
    /// </summary>
    public static bool IsHandshakeLost(this FlowRecord flow) =>
        flow is { Outcome: Outcome.HalfOpen, SynCount: > 0 } && (flow.SynCount > 1 || flow.In.Packets > 1)
        && !flow.History.Contains(OriginatorReset, StringComparison.Ordinal);

    private static bool HasOnlyAnswers(string history)
    {
        foreach (var letter in history)
        {
            if (letter is not ('H' or 'h' or 'R' or 'r' or '^'))
                return false;
        }

        return true;
    }
}
