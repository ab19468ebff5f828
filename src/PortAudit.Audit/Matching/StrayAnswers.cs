using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>TCP flows without an opening, and failed handshakes.</summary>
internal static class StrayAnswers
{
    private const char OriginatorReset = 'R';
    private const char ResponderReset = 'r';
    private const char Flipped = '^';
    private const char OriginatorRepeated = 'T';

    /// <summary>
    /// True for SYN-ACKs and resets without anything that they answer: what comes back from a forged flood
    /// (backscatter), or the last words of a connection of which nothing else was captured. A reset that answers other
    /// segments belongs to a probe (<see cref="BareSegments.IsFlagProbe"/>).
    /// </summary>
    public static bool IsStray(this FlowRecord flow) =>
        flow.IsBare() && flow.History.Length > 0 && !flow.IsFlagProbe() && HasOnlyAnswers(flow.History);

    /// <summary>True for resets alone: nothing shows that a host of that address is there, as firewalls send them in
    /// its name.</summary>
    public static bool IsLoneReset(this FlowRecord flow) => flow.IsStray()
        && !flow.History.AsSpan().ContainsAnyExcept([OriginatorReset, ResponderReset, Flipped]);

    /// <summary>
    /// True for a handshake that stopped after the SYN-ACK although one side repeated its packet: the other side's did
    /// not arrive. SYNs before the SYN-ACK do not count. An originator that resets got the answer, as load balancers do
    /// that test a port.
    /// </summary>
    public static bool IsHandshakeLost(this FlowRecord flow) =>
        flow is { Outcome: Outcome.HalfOpen, SynCount: > 0 } && (flow.RepeatsAnsweredSyn() || flow.SynAcks() > 1)
        && !flow.History.Contains(OriginatorReset, StringComparison.Ordinal);

    /// <summary>SYN-ACKs of a half-open flow, in which the responder sends nothing else but a reset.</summary>
    public static long SynAcks(this FlowRecord flow) =>
        flow.In.Packets - (flow.History.Contains(ResponderReset, StringComparison.Ordinal) ? 1 : 0);

    /// <summary>True when the originator of a half-open flow sent its SYN again after the SYN-ACK, which it did not
    /// get.</summary>
    public static bool RepeatsAnsweredSyn(this FlowRecord flow) =>
        flow is { Outcome: Outcome.HalfOpen, SynCount: > 1 }
        && flow.History.Contains(OriginatorRepeated, StringComparison.Ordinal);

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
