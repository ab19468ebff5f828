using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Outcome of a conversation by the records of both directions (docs/flow-logs.md, "Cloud flow logs"): what
/// they cannot tell is not claimed.</summary>
internal static class ConversationOutcome
{
    /// <summary>The outcome.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="hasFlags">True when TCP flags are known.</param>
    /// <param name="showsAnswers">True when an answer would have its record.</param>
    /// <param name="sent">What the originator sent.</param>
    /// <param name="received">What the responder sent.</param>
    public static Outcome Of(IpProtocol transport, bool hasFlags, bool showsAnswers, SeenSide sent, SeenSide received)
    {
        if (received.Sensors == 0 || received.Counters.Packets == 0)
            return OfSilence(transport, hasFlags, showsAnswers, sent);
        if (sent.Sensors == 0 || sent.Counters.Packets == 0)
            return showsAnswers ? Outcome.OneWay : Outcome.Undecided;
        if (!sent.IsAccepted && !received.IsAccepted)
            return Outcome.Rejected;
        if (!sent.IsAccepted || !received.IsAccepted)
            return transport == IpProtocol.Tcp && Has(received, SeenFlags.Ack) && !HasData(sent, received)
                ? Outcome.HalfOpen : Outcome.OneWay;
        if (transport != IpProtocol.Tcp)
            return Outcome.Established;
        return hasFlags ? OfFlags(sent, received) : OfCounts(sent, received);
    }

    /// <summary>Nothing of the responder.</summary>
    private static Outcome OfSilence(IpProtocol transport, bool hasFlags, bool showsAnswers, SeenSide sent)
    {
        if (sent.IsRejected)
            return Outcome.Rejected;
        if (!showsAnswers || sent.Counters.Packets == 0)
            return Outcome.Undecided;
        if (transport != IpProtocol.Tcp)
            return Outcome.Unanswered;
        var isAttempt = hasFlags ? Has(sent, SeenFlags.Syn) && !Has(sent, SeenFlags.Fin) : !Has(sent, SeenFlags.Fin);
        return isAttempt && sent.Counters.PayloadBytes == 0 && !Has(sent, SeenFlags.Ack)
            ? Outcome.Unanswered : Outcome.OneWay;
    }

    /// <summary>TCP in both directions, with flags.</summary>
    private static Outcome OfFlags(SeenSide sent, SeenSide received)
    {
        if (!Has(sent, SeenFlags.Syn) && !Has(received, SeenFlags.Ack))
            return IsProved(sent) || Has(received, SeenFlags.Rst) ? Outcome.Midstream : Outcome.Undecided;
        if (HasData(sent, received) || Has(sent, SeenFlags.Fin))
            return Outcome.Established;
        if (Has(received, SeenFlags.Rst) && !Has(received, SeenFlags.Ack) && !Has(received, SeenFlags.Fin))
            return Outcome.Refused;

        // The SYN and, if more was sent, the ACK; a scanner sends a reset instead.
        var least = Has(sent, SeenFlags.Rst) ? 3 : 2;
        return sent.Counters.Packets >= least ? Outcome.Established : Outcome.HalfOpen;
    }

    /// <summary>TCP in both directions, without flags: only payload of both shows that there was a handshake. Without
    /// payload of the originator the other side may have sent nothing but resets, or not.</summary>
    private static Outcome OfCounts(SeenSide sent, SeenSide received)
    {
        if (!IsProved(sent))
            return Outcome.Undecided;
        return received.Counters.PayloadBytes > 0 ? Outcome.Established : Outcome.Midstream;
    }

    /// <summary>True when a side took part in a conversation.</summary>
    private static bool IsProved(SeenSide side) => side.Counters.PayloadBytes > 0 || Has(side, SeenFlags.Fin);

    private static bool HasData(SeenSide sent, SeenSide received) =>
        sent.Counters.PayloadBytes > 0 || received.Counters.PayloadBytes > 0;

    private static bool Has(SeenSide side, SeenFlags flag) => side.Flags.HasFlag(flag);
}
