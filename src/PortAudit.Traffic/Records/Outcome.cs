namespace PortAudit.Traffic.Records;

/// <summary>What became of a flow.</summary>
public enum Outcome : byte
{
    /// <summary>The capture ended too early to say.</summary>
    Undecided,

    /// <summary>The TCP handshake completed, or data went both ways on UDP or another protocol.</summary>
    Established,

    /// <summary>Two-way TCP whose handshake lies before the capture.</summary>
    Midstream,

    /// <summary>RST to the SYN from the responder, as far as can be told (<see cref="FlowReset"/>), an SCTP ABORT to
    /// the INIT, or ICMP port or protocol unreachable from the responder itself.</summary>
    Refused,

    /// <summary>RST or ICMP error that another device sent.</summary>
    Rejected,

    /// <summary>SYN or datagrams without any reply.</summary>
    Unanswered,

    /// <summary>One direction only of a conversation that must have had two.</summary>
    OneWay,

    /// <summary>A SYN-ACK that the originator never acknowledged, neither by the third packet nor with data: the
    /// connection did not come about.</summary>
    HalfOpen,
}

/// <summary>The names of <see cref="Outcome"/> in output.</summary>
public static class OutcomeText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this Outcome outcome) => outcome switch
    {
        Outcome.Established => "established",
        Outcome.Midstream => "midstream",
        Outcome.Refused => "refused",
        Outcome.Rejected => "rejected",
        Outcome.Unanswered => "unanswered",
        Outcome.OneWay => "one-way",
        Outcome.Undecided => "undecided",
        Outcome.HalfOpen => "half-open",
    };

    /// <summary>True when traffic passed: <see cref="Outcome.Established"/>, <see cref="Outcome.Midstream"/> or
    /// <see cref="Outcome.OneWay"/>.</summary>
    public static bool Passed(this Outcome outcome) =>
        outcome is Outcome.Established or Outcome.Midstream or Outcome.OneWay;

    /// <summary>True for a TCP flow that proves no conversation: what one side sent met resets of the other, and
    /// nothing else.</summary>
    public static bool IsOnlyReset(this Outcome outcome, Reach reach) =>
        reach == Reach.Unknown && outcome is (Outcome.Midstream or Outcome.Established);

    /// <summary>True when the attempt was stopped: <see cref="Outcome.Refused"/>, <see cref="Outcome.Rejected"/> or
    /// <see cref="Outcome.Unanswered"/>.</summary>
    public static bool Stopped(this Outcome outcome) =>
        outcome is Outcome.Refused or Outcome.Rejected or Outcome.Unanswered;
}
