namespace PortAudit.Traffic.Wire;

/// <summary>What was decoded of a frame, from the outermost layer. Layers up to <see cref="StoppedAt"/> are valid;
/// later fields are not set. A plain value without references: <see cref="PayloadOffset"/> points into the frame's
/// bytes.</summary>
internal struct DecodedPacket
{
    /// <summary>The layer where decoding ended: the innermost one with any fields set.</summary>
    public DecodeLayer StoppedAt { get; set; }

    /// <summary>Why decoding ended.</summary>
    public DecodeReason StopReason { get; set; }

    /// <summary>The protocol carried instead of IP, if link headers name it.</summary>
    public LinkProtocol LinkProtocol { get; set; }

    /// <summary>VLAN identifiers of the frame.</summary>
    public VlanTags Vlan { get; set; }

    /// <summary>True when the frame contains further packets, which are not read
    /// (<see cref="DecodeReason.MorePackets"/>).</summary>
    public bool HasMorePackets { get; set; }

    /// <summary>True when <see cref="Source"/>, <see cref="Destination"/> and <see cref="Protocol"/> are set.</summary>
    public bool HasNetwork { get; set; }

    /// <summary>True when ports of TCP, UDP or SCTP, or type and code of ICMP are set, or when the protocol has none
    /// and its header begins at <see cref="PayloadOffset"/>.</summary>
    public bool HasTransport { get; set; }

    /// <summary>True when an IP header marks the packet as a fragment.</summary>
    public bool IsFragment { get; set; }

    /// <summary>The fragment's fields; default for an unfragmented packet.</summary>
    internal IpFragment Fragment { get; set; }

    /// <summary>Time to live, or hop limit.</summary>
    public byte TimeToLive { get; set; }

    /// <summary>Identification of the IPv4 header (RFC 791 §3.1); 0 for IPv6.</summary>
    public ushort Identification { get; set; }

    /// <summary>Network source address.</summary>
    public IpAddress Source { get; set; }

    /// <summary>Network destination address.</summary>
    public IpAddress Destination { get; set; }

    /// <summary>The protocol above IP and IPv6 extension headers.</summary>
    public IpProtocol Protocol { get; set; }

    /// <summary>Source port; the type of ICMP.</summary>
    public ushort SourcePort { get; set; }

    /// <summary>Destination port; the code of ICMP.</summary>
    public ushort DestinationPort { get; set; }

    /// <summary>TCP control bits.</summary>
    public TcpFlags TcpFlags { get; set; }

    /// <summary>TCP sequence number.</summary>
    public uint SequenceNumber { get; set; }

    /// <summary>TCP acknowledgment number.</summary>
    public uint AcknowledgmentNumber { get; set; }

    /// <summary>TCP window as sent, unscaled.</summary>
    public ushort Window { get; set; }

    /// <summary>TCP: header length with options, in bytes; the header ends at <see cref="PayloadOffset"/>.</summary>
    public byte TcpHeaderLength { get; set; }

    /// <summary>Checksum of TCP, UDP or ICMP as sent, never verified: an outgoing packet captured before checksum
    /// offload has none. 0 when not captured or without such a field.</summary>
    public ushort TransportChecksum { get; set; }

    /// <summary>Offset of the transport payload in the frame.</summary>
    public int PayloadOffset { get; set; }

    /// <summary>Captured bytes of the transport payload, without link padding.</summary>
    public int PayloadLength { get; set; }

    /// <summary>Bytes of transport payload on the wire according to the headers: at least <see cref="PayloadLength"/>,
    /// more when the frame was cut.</summary>
    public int OriginalPayloadLength { get; set; }

    /// <summary>The packet inside this one, for supported tunnels.</summary>
    internal InnerPacket Inner { get; set; }

    /// <summary>Number of the tunnel around the packet, 0 for none; set by the packet walk, not the decoder.</summary>
    internal ushort Tunnel { get; set; }

    /// <summary>True when the frame belongs to the <see cref="Service"/> of a provider backbone bridge.</summary>
    internal bool HasService { get; set; }

    /// <summary>Identifier of that service, 0 to 16777215 (IEEE 802.1Q §9.7).</summary>
    internal uint Service { get; set; }

    /// <summary>True when the quoted fields of an ICMP error are set (RFC 792; RFC 4443 §2.4).</summary>
    public bool HasQuote { get; set; }

    /// <summary>Source address of the quoted packet.</summary>
    public IpAddress QuotedSource { get; set; }

    /// <summary>Destination address of the quoted packet.</summary>
    public IpAddress QuotedDestination { get; set; }

    /// <summary>Protocol of the quoted packet.</summary>
    public IpProtocol QuotedProtocol { get; set; }

    /// <summary>Source port of the quoted packet; the type of a quoted ICMP message.</summary>
    public ushort QuotedSourcePort { get; set; }

    /// <summary>Destination port of the quoted packet; the code of a quoted ICMP message.</summary>
    public ushort QuotedDestinationPort { get; set; }
}
