namespace PortAudit.Traffic.Wire;

/// <summary>The layer at which decoding of a frame came to its end.</summary>
public enum DecodeLayer : byte
{
    /// <summary>The link layers: all headers before that of IP.</summary>
    Link,

    /// <summary>IPv4.</summary>
    Ipv4,

    /// <summary>IPv6 and its extension headers.</summary>
    Ipv6,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>ICMP of either family.</summary>
    Icmp,

    /// <summary>SCTP.</summary>
    Sctp,

    /// <summary>The payload of the transport: everything was decoded.</summary>
    Payload,
}

/// <summary>Why decoding of a frame came to its end at a <see cref="DecodeLayer"/>.</summary>
public enum DecodeReason : byte
{
    /// <summary>All layers that are decoded here were good.</summary>
    Done,

    /// <summary>The layer carries something that is not decoded here (ARP, an IP protocol without ports …); the layer
    /// itself is good.</summary>
    NotDecoded,

    /// <summary>The snap length cut the frame inside the layer's header.</summary>
    CutByCapture,

    /// <summary>The frame is whole, yet the header announces more than the frame holds.</summary>
    HeaderLies,

    /// <summary>A length field is impossible in itself.</summary>
    BadLength,

    /// <summary>A version field names another protocol.</summary>
    BadVersion,

    /// <summary>A field has a forbidden value.</summary>
    BadValue,

    /// <summary>The packet is a fragment other than the first, which has no transport header.</summary>
    LaterFragment,

    /// <summary>More nested headers than the decoder allows.</summary>
    TooDeep,

    /// <summary>What the layer carries is encrypted.</summary>
    Encrypted,

    /// <summary>The receiver noted that a frame check sequence was wrong: the bytes are not those that were
    /// sent.</summary>
    BadChecksum,

    /// <summary>The frame carries further packets behind its first, which alone is read: an aggregate of IEEE
    /// 802.11.</summary>
    MorePackets,

    /// <summary>The link type is not read here.</summary>
    UnknownLinkType,
}
