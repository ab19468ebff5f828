using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Outcome of a flow by counters and TCP flags of its records, by the rules for packets as far as these tell
/// (<see cref="PortAudit.Traffic.Flows.OutcomeOf"/>).</summary>
/// <param name="AtOnce">When the log may have ended before an answer could come.</param>
/// <param name="Later">When there was time for one.</param>
internal readonly record struct JoinedOutcome(Outcome AtOnce, Outcome Later)
{
    private const TcpFlags Ended = TcpFlags.Psh | TcpFlags.Fin;

    /// <summary>The outcome of a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="sent">What the originator sent.</param>
    /// <param name="received">What the responder sent.</param>
    /// <param name="wouldShowAnswers">True when the exporter would have recorded answers.</param>
    public static JoinedOutcome Of(JoinedFlow flow, in SideCounts sent, in SideCounts received, bool wouldShowAnswers)
    {
        if (flow.Denied is not null)
            return Sure(Outcome.Rejected);
        var isTcp = flow.Key.Transport == IpProtocol.Tcp;
        if (sent.Sent && received.Sent)
            return isTcp ? OfBoth(flow, sent, received) : Sure(Outcome.Established);

        // Of sampled packets the other side's may be among those that were not looked at.
        if (flow.IsSampled)
            return Sure(Outcome.Undecided);
        if (!sent.Sent)
            return Sure(Outcome.OneWay);
        if (isTcp && !IsAttempt(sent.Flags))
            return Sure(sent.Flags != 0 || PayloadEstimate.IsSure(sent, flow.Key) ? Outcome.OneWay : Outcome.Undecided);
        if (!wouldShowAnswers)
            return Sure(Outcome.Undecided);
        return sent.Packets > 1
            ? Sure(Outcome.Unanswered)
            : new JoinedOutcome(Outcome.Undecided, Outcome.Unanswered);
    }

    /// <summary>SYN segments of the originator: all packets of one that sent nothing else but resets.</summary>
    public static int SynsOf(in SideCounts sent)
    {
        if ((sent.Flags & TcpFlags.Syn) == 0)
            return 0;
        var resets = (sent.Flags & TcpFlags.Rst) != 0 ? 1 : 0;
        return IsAttempt(sent.Flags) ? (int)Math.Clamp(sent.Packets - resets, 1, int.MaxValue) : 1;
    }

    /// <summary>True for flags of a side that sent SYN, and else at most RST.</summary>
    private static bool IsAttempt(TcpFlags flags) =>
        (flags & (TcpFlags.Syn | TcpFlags.Ack | Ended)) == TcpFlags.Syn;

    private static JoinedOutcome OfBoth(JoinedFlow flow, in SideCounts sent, in SideCounts received)
    {
        var (own, other) = (sent.Flags, received.Flags);
        if (own == 0 || other == 0)
            return Sure(sent.Packets > 1 && received.Packets > 1 && (PayloadEstimate.IsSure(sent, flow.Key)
                || PayloadEstimate.IsSure(received, flow.Key)) ? Outcome.Established : Outcome.Undecided);
        if (((own | other) & TcpFlags.Syn) == 0)
            return Sure(Outcome.Midstream);
        if (IsAttempt(own) && (other & (TcpFlags.Syn | Ended)) == 0 && (other & TcpFlags.Rst) != 0)
            return Sure(flow.IsSampled ? Outcome.Undecided : Outcome.Refused);
        if (!IsHalfOpen(sent, received))
            return Sure(Outcome.Established);
        if (flow.IsSampled)
            return Sure(Outcome.Undecided);
        return sent.Packets + received.Packets > 2 || ((own | other) & TcpFlags.Rst) != 0
            ? Sure(Outcome.HalfOpen)
            : new JoinedOutcome(Outcome.Undecided, Outcome.HalfOpen);
    }

    /// <summary>True when a SYN-ACK is all that came of the connection: the originator sent no ACK, but in a
    /// reset.</summary>
    private static bool IsHalfOpen(in SideCounts sent, in SideCounts received)
    {
        if ((received.Flags & TcpFlags.Syn) == 0 || ((sent.Flags | received.Flags) & Ended) != 0)
            return false;
        var explained = ((sent.Flags & TcpFlags.Syn) != 0 ? 1 : 0) + ((sent.Flags & TcpFlags.Rst) != 0 ? 1 : 0);
        return (sent.Flags & TcpFlags.Ack) == 0
            || ((sent.Flags & TcpFlags.Rst) != 0 && sent.Packets <= explained);
    }

    private static JoinedOutcome Sure(Outcome outcome) => new(outcome, outcome);
}
