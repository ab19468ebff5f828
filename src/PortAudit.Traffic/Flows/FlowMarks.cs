namespace PortAudit.Traffic.Flows;

/// <summary>What is known of a flow beyond its counters, one bit each.</summary>
[Flags]
internal enum FlowMarks : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The low endpoint sent a SYN without ACK; SCTP: an INIT.</summary>
    SynFromLow = 1 << 0,

    /// <summary>The high endpoint sent a SYN without ACK; SCTP: an INIT.</summary>
    SynFromHigh = 1 << 1,

    /// <summary>The low endpoint sent a SYN with ACK.</summary>
    SynAckFromLow = 1 << 2,

    /// <summary>The high endpoint sent a SYN with ACK.</summary>
    SynAckFromHigh = 1 << 3,

    /// <summary>The low endpoint sent a FIN.</summary>
    FinFromLow = 1 << 4,

    /// <summary>The high endpoint sent a FIN.</summary>
    FinFromHigh = 1 << 5,

    /// <summary>The low endpoint sent a RST; SCTP: an ABORT.</summary>
    RstFromLow = 1 << 6,

    /// <summary>The high endpoint sent a RST; SCTP: an ABORT.</summary>
    RstFromHigh = 1 << 7,

    /// <summary>The low endpoint sent something other than SYN without ACK and RST that is not left over from an earlier connection: it was part of a conversation. SCTP: anything but INIT and ABORT.</summary>
    SpokeLow = 1 << 8,

    /// <summary>The same of the high endpoint.</summary>
    SpokeHigh = 1 << 9,

    /// <summary>The originator was flipped after the first packet.</summary>
    Flipped = 1 << 10,

    /// <summary>An ICMP error, of which <see cref="FlowDetail"/> tells, quoted a packet that the low endpoint sent.</summary>
    ErrorToLow = 1 << 11,

    /// <summary>This ICMP error quotes a packet of a flow that was seen.</summary>
    QuotesSeenFlow = 1 << 12,

    /// <summary>The protocol is decided, or will not be looked for any more.</summary>
    IdentificationEnded = 1 << 13,

    /// <summary>TCP: the sequence numbers of the low endpoint's <see cref="FlowSide"/> are set.</summary>
    SequenceOfLow = 1 << 14,

    /// <summary>TCP: the sequence numbers of the high endpoint's <see cref="FlowSide"/> are set.</summary>
    SequenceOfHigh = 1 << 15,

    /// <summary>TCP: the latest window of the low endpoint is zero.</summary>
    WindowClosedByLow = 1 << 16,

    /// <summary>TCP: the latest window of the high endpoint is zero.</summary>
    WindowClosedByHigh = 1 << 17,

    /// <summary>TCP: the low endpoint probed a closed window with a byte that may or may not have been taken.</summary>
    ProbeFromLow = 1 << 18,

    /// <summary>TCP: the high endpoint probed a closed window.</summary>
    ProbeFromHigh = 1 << 19,

    /// <summary>TCP: the stream of the low endpoint has holes in its <see cref="StreamLedger"/>.</summary>
    HolesOfLow = 1 << 20,

    /// <summary>TCP: the stream of the high endpoint has holes.</summary>
    HolesOfHigh = 1 << 21,

    /// <summary>The VLANs of a flow in a tunnel are those of the flow that carries it: its packets have no tags of their own.</summary>
    VlanOfCarrier = 1 << 22,

    /// <summary>Its protocol tells names of hosts: payloads go on being read for them after the protocol is decided.</summary>
    TellsNames = 1 << 23,

    /// <summary>TCP: one end is a proxy, and what it says since then is another host's.</summary>
    ThroughProxy = 1 << 24,

    /// <summary>Its protocol announces ports, and it is to be followed from now on.</summary>
    BeginsControl = 1 << 25,

    /// <summary>It is followed for the ports that it announces: payloads go on being read after the protocol is decided.</summary>
    AnnouncesPorts = 1 << 26,

    /// <summary>What its first request was answered is known.</summary>
    AnswerRead = 1 << 27,

    /// <summary>The low endpoint is the originator.</summary>
    LowIsOriginator = 1 << 28,

    /// <summary>The ICMP error quoted a packet that the high endpoint sent.</summary>
    ErrorToHigh = 1 << 29,
}
