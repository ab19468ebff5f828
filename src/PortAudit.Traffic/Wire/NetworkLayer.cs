namespace PortAudit.Traffic.Wire;

/// <summary>What an IPv4 header, or an IPv6 header with its extension headers, says: the same for a frame's own packet and for one that ICMP quotes.</summary>
internal readonly ref struct NetworkLayer
{
    /// <summary>Source address.</summary>
    public IpAddress Source { get; private init; }

    /// <summary>Destination address.</summary>
    public IpAddress Destination { get; private init; }

    /// <summary>The protocol behind all headers; in a later fragment, of the first header that was divided.</summary>
    public IpProtocol Protocol { get; private init; }

    /// <summary>Time to live, or hop limit.</summary>
    public byte TimeToLive { get; private init; }

    /// <summary>Identification of IPv4; 0 for IPv6.</summary>
    public ushort Identification { get; private init; }

    /// <summary>True for a fragment.</summary>
    public bool IsFragment { get; private init; }

    /// <summary>True for a fragment other than the first, which has no transport header.</summary>
    public bool IsLaterFragment { get; private init; }

    /// <summary>The payload.</summary>
    public LayerBytes Payload { get; private init; }

    /// <summary>Reads an IPv4 packet; false with the reason when its header cannot be read.</summary>
    public static bool TryReadIpv4(LayerBytes layer, out NetworkLayer network, out DecodeReason reason)
    {
        network = default;
        var isGood = Ipv4Packet.TryParse(layer.Bytes, out var packet, out var error);
        reason = layer.Explain(error);
        if (!isGood)
            return false;

        network = new NetworkLayer
        {
            Source = packet.Source,
            Destination = packet.Destination,
            Protocol = packet.Protocol,
            TimeToLive = packet.TimeToLive,
            Identification = packet.Identification,
            IsFragment = packet.IsFragment,
            IsLaterFragment = packet.FragmentOffset != 0,
            Payload = layer.Inner(packet.Payload, packet.HeaderLength, packet.AnnouncedPayloadLength),
        };
        return true;
    }

    /// <summary>Reads an IPv6 packet up to its protocol; false with the reason when a header on the way cannot be read.</summary>
    public static bool TryReadIpv6(LayerBytes layer, out NetworkLayer network, out DecodeReason reason)
    {
        network = default;
        var isGood = Ipv6Packet.TryParse(layer.Bytes, out var packet, out var error);
        reason = layer.Explain(error);
        if (!isGood)
            return false;

        var rest = layer.Inner(packet.Payload, Ipv6Packet.HeaderLength, packet.AnnouncedPayloadLength);
        var (next, isFragment, isLaterFragment) = (packet.NextHeader, false, false);
        for (var nesting = 0; Ipv6ExtensionHeader.IsExtension(next) && !isLaterFragment; nesting++)
        {
            if (!Ipv6ExtensionHeader.TryParse(rest.Bytes, next, out var header, out error) || nesting == PacketDecoder.MaximumNesting)
            {
                reason = nesting == PacketDecoder.MaximumNesting ? DecodeReason.TooDeep : rest.Explain(error);
                return false;
            }

            isFragment |= header.IsFragment;
            isLaterFragment = header.FragmentOffset != 0;
            next = header.NextHeader;
            rest = rest.Inner(header.Payload, header.HeaderLength);
        }

        network = new NetworkLayer
        {
            Source = packet.Source,
            Destination = packet.Destination,
            Protocol = new IpProtocol(next),
            TimeToLive = packet.HopLimit,
            IsFragment = isFragment,
            IsLaterFragment = isLaterFragment,
            Payload = rest,
        };
        return true;
    }
}
