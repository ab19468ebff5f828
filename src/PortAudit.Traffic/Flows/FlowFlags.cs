namespace PortAudit.Traffic.Flows;

/// <summary>
/// What is known of a flow as a whole beyond its counters, one bit each. The bits below are those of
/// <see cref="SideFlags"/>, of the low side and then of the high one: <see cref="Flow"/> reads and sets them by side.
/// </summary>
[Flags]
internal enum FlowFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The originator was flipped after the first packet.</summary>
    Flipped = 1 << 20,

    /// <summary>This ICMP error quotes a packet of a flow that was seen.</summary>
    QuotesSeenFlow = 1 << 21,

    /// <summary>The protocol is decided, or will not be looked for any more.</summary>
    IdentificationEnded = 1 << 22,

    /// <summary>The VLANs of a flow in a tunnel are those of the flow that carries it: its packets have no tags of
    /// their own.</summary>
    VlanOfCarrier = 1 << 23,

    /// <summary>Its protocol tells names of hosts: payloads go on being read for them after the protocol is
    /// decided.</summary>
    TellsNames = 1 << 24,

    /// <summary>TCP: one end is a proxy, and what it says since then is another host's.</summary>
    ThroughProxy = 1 << 25,

    /// <summary>Its protocol announces ports, and it is to be followed from now on.</summary>
    BeginsControl = 1 << 26,

    /// <summary>It is followed for the ports that it announces: payloads go on being read after the protocol is
    /// decided.</summary>
    AnnouncesPorts = 1 << 27,

    /// <summary>What its first request was answered is known.</summary>
    AnswerRead = 1 << 28,

    /// <summary>The high endpoint is the originator, not the low one.</summary>
    HighIsOriginator = 1 << 29,

    /// <summary>TCP: its <see cref="LossWatch"/> waits for an answer or an acknowledgment.</summary>
    Watched = 1 << 30,

    /// <summary>Datagrams: what it asked was answered from another endpoint than it went to.</summary>
    AnsweredElsewhere = 1u << 31,
}
