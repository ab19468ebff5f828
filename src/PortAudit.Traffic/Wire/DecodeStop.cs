namespace PortAudit.Traffic.Wire;

/// <summary>The layer where decoding of a frame ended.</summary>
public enum DecodeLayer : byte
{
    /// <summary>The link layers: all headers before IP.</summary>
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

    /// <summary>The transport payload: everything was decoded.</summary>
    Payload,
}

/// <summary>Why decoding of a frame ended at a <see cref="DecodeLayer"/>.</summary>
public enum DecodeReason : byte
{
    /// <summary>All supported layers are valid.</summary>
    Done,

    /// <summary>The layer is valid, but its content is not supported (ARP, an IP protocol without ports …).</summary>
    NotDecoded,

    /// <summary>The snap length cut the frame inside the layer's header.</summary>
    CutByCapture,

    /// <summary>The frame is complete, yet the header announces more than it holds.</summary>
    HeaderLies,

    /// <summary>An impossible length field.</summary>
    BadLength,

    /// <summary>A version field names another protocol.</summary>
    BadVersion,

    /// <summary>A field has a forbidden value.</summary>
    BadValue,

    /// <summary>A fragment other than the first, without a transport header.</summary>
    LaterFragment,

    /// <summary>More nested headers than the decoder supports.</summary>
    TooDeep,

    /// <summary>The content is encrypted.</summary>
    Encrypted,

    /// <summary>The receiver reported a wrong frame check sequence: bytes were damaged.</summary>
    BadChecksum,

    /// <summary>An IEEE 802.11 aggregate, of which only the first packet is read.</summary>
    MorePackets,

    /// <summary>Unsupported link type.</summary>
    UnknownLinkType,
}
