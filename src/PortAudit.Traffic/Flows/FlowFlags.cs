namespace PortAudit.Traffic.Flows;

/// <summary>Facts about a flow as a whole, one bit each. The lower bits are the <see cref="SideFlags"/> of the low,
/// then of the high side; <see cref="Flow"/> accesses them by side.</summary>
[Flags]
internal enum FlowFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The originator was flipped after the first packet.</summary>
    Flipped = 1 << 20,

    /// <summary>This ICMP error quotes a packet of a flow in the capture.</summary>
    QuotesSeenFlow = 1 << 21,

    /// <summary>Identification is finished, with or without result.</summary>
    IdentificationEnded = 1 << 22,

    /// <summary>The VLANs of a tunnelled flow are its carrier's: its packets have no tags.</summary>
    VlanOfCarrier = 1 << 23,

    /// <summary>Its protocol carries host names: payloads are read for them after identification.</summary>
    CarriesNames = 1 << 24,

    /// <summary>TCP: one endpoint is a proxy and now speaks for another host.</summary>
    ThroughProxy = 1 << 25,

    /// <summary>Its protocol announces ports; it is followed from now on.</summary>
    BeginsControl = 1 << 26,

    /// <summary>It is followed for announced ports: payloads are read after identification.</summary>
    AnnouncesPorts = 1 << 27,

    /// <summary>The response to its first request is known.</summary>
    AnswerRead = 1 << 28,

    /// <summary>The high endpoint is the originator.</summary>
    HighIsOriginator = 1 << 29,

    /// <summary>TCP: its <see cref="LossWatch"/> waits for an answer or an acknowledgment.</summary>
    Watched = 1 << 30,

    /// <summary>Datagrams: its request was answered from another endpoint.</summary>
    AnsweredElsewhere = 1u << 31,
}
