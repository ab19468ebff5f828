namespace PortAudit.Traffic.Records;

/// <summary>Outcome of a flow.</summary>
public enum Outcome : byte
{
    /// <summary>The capture ended too early to decide.</summary>
    Undecided,

    /// <summary>The TCP handshake completed, or data went both ways on UDP or another protocol.</summary>
    Established,

    /// <summary>Two-way TCP whose handshake is before the capture.</summary>
    Midstream,

    /// <summary>RST to the SYN from the responder, as far as known (<see cref="FlowReset"/>), an SCTP ABORT to the
    /// INIT, or ICMP port or protocol unreachable from the responder.</summary>
    Refused,

    /// <summary>RST or ICMP error from another device.</summary>
    Rejected,

    /// <summary>SYN or datagrams without any reply.</summary>
    Unanswered,

    /// <summary>One direction of a conversation that must have had two.</summary>
    OneWay,

    /// <summary>A SYN-ACK never acknowledged by the originator, neither by the third packet nor by data: no
    /// connection.</summary>
    HalfOpen,
}

/// <summary>Texts of <see cref="Outcome"/> in output.</summary>
public static class OutcomeText
{
    /// <summary>The text in output.</summary>
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

    /// <summary>True for a TCP flow that proves no conversation: one side's segments met only resets.</summary>
    public static bool IsOnlyReset(this Outcome outcome, Reach reach) =>
        reach == Reach.Unknown && outcome is (Outcome.Midstream or Outcome.Established);

    /// <summary>True when the attempt was stopped: <see cref="Outcome.Refused"/>, <see cref="Outcome.Rejected"/> or
    /// <see cref="Outcome.Unanswered"/>.</summary>
    public static bool Stopped(this Outcome outcome) =>
        outcome is Outcome.Refused or Outcome.Rejected or Outcome.Unanswered;
}
