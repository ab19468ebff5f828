using System.Buffers;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Outcome of a flow by its history and counters, by the same rules as for packets
/// (<see cref="PortAudit.Traffic.Flows.OutcomeOf"/>).</summary>
/// <param name="AtOnce">When the log may have ended before an answer could come.</param>
/// <param name="Later">When there was time for one.</param>
internal readonly record struct LogOutcome(Outcome AtOnce, Outcome Later)
{
    /// <summary>Letters of a side that takes part in a conversation.</summary>
    private static readonly SearchValues<char> OriginatorSpoke = SearchValues.Create("ADFTWG");

    private static readonly SearchValues<char> ResponderSpoke = SearchValues.Create("hadftwg");

    /// <summary>The outcome of a TCP connection.</summary>
    /// <param name="history">Its history, whole.</param>
    /// <param name="sent">Packets of the originator.</param>
    /// <param name="received">Packets of the responder.</param>
    /// <param name="answered">Payload of the responder, in bytes.</param>
    public static LogOutcome OfTcp(ReadOnlySpan<char> history, long sent, long received, long answered)
    {
        var isHalfOpen = IsHalfOpen(history, answered);
        if (!history.Contains('S'))
        {
            if (sent == 0 || received == 0)
                return Sure(Outcome.OneWay);
            if (!history.ContainsAny('H', 'h'))
                return Sure(Outcome.Midstream);
            return Sure(isHalfOpen ? Outcome.HalfOpen : Outcome.Established);
        }

        var (originatorSpoke, responderSpoke) =
            (history.ContainsAny(OriginatorSpoke), history.ContainsAny(ResponderSpoke));
        if (!originatorSpoke && !responderSpoke && history.Contains('r'))
            return Sure(Outcome.Refused);
        if (responderSpoke && !isHalfOpen)
            return Sure(Outcome.Established);
        if (responderSpoke)
            return sent + received > 2 || history.ContainsAny('R', 'r')
                ? Sure(Outcome.HalfOpen)
                : new LogOutcome(Outcome.Undecided, Outcome.HalfOpen);
        if (originatorSpoke)
            return Sure(history.Contains('r') ? Outcome.Established : Outcome.OneWay);
        return SynsOf(history, sent) > 1
            ? Sure(Outcome.Unanswered)
            : new LogOutcome(Outcome.Undecided, Outcome.Unanswered);
    }

    /// <summary>The outcome of anything but TCP.</summary>
    public static LogOutcome OfOther(long sent, long received)
    {
        if (sent > 0 && received > 0)
            return Sure(Outcome.Established);
        if (sent == 0 && received > 0)
            return Sure(Outcome.OneWay);
        return sent > 1 ? Sure(Outcome.Unanswered) : new LogOutcome(Outcome.Undecided, Outcome.Unanswered);
    }

    /// <summary>SYN segments of the originator: a row does not count them, so all packets of one that sent nothing else
    /// but resets.</summary>
    public static int SynsOf(ReadOnlySpan<char> history, long sent)
    {
        if (!history.Contains('S'))
            return 0;
        if (history.ContainsAny(OriginatorSpoke) || history.ContainsAny(ResponderSpoke) || history.Contains('r'))
            return 1;
        return (int)Math.Clamp(sent - (history.Contains('R') ? 1 : 0), 1, int.MaxValue);
    }

    /// <summary>True when a SYN-ACK is all that came of the connection.</summary>
    private static bool IsHalfOpen(ReadOnlySpan<char> history, long answered) =>
        history.Contains('h') && !history.ContainsAny('f', 'd') && answered == 0
        && !history.ContainsAny(OriginatorSpoke);

    /// <summary>An outcome that time does not change.</summary>
    public static LogOutcome Sure(Outcome outcome) => new(outcome, outcome);
}
