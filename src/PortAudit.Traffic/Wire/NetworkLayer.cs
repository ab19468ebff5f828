namespace PortAudit.Traffic.Wire;

/// <summary>Fields of an IPv4 header, or of an IPv6 header and its extension headers, of a packet or one quoted by
/// ICMP.</summary>
internal ref struct NetworkLayer
{
    /// <summary>Source address.</summary>
    public IpAddress Source { readonly get; private set; }

    /// <summary>Destination address.</summary>
    public IpAddress Destination { readonly get; private set; }

    /// <summary>The protocol after all headers; in a later fragment, the first fragmented header.</summary>
    public IpProtocol Protocol { readonly get; private set; }

    /// <summary>Time to live, or hop limit.</summary>
    public byte TimeToLive { readonly get; private set; }

    /// <summary>Identification of IPv4; 0 for IPv6.</summary>
    public ushort Identification { readonly get; private set; }

    /// <summary>True for a fragment.</summary>
    public bool IsFragment { readonly get; private set; }

    /// <summary>True for a fragment other than the first, which has no transport header.</summary>
    public readonly bool IsLaterFragment => Fragment.Position != 0;

    /// <summary>The fragment's fields; default for an unfragmented packet.</summary>
    public IpFragment Fragment { readonly get; private set; }

    /// <summary>The payload.</summary>
    public LayerBytes Payload { readonly get; private set; }

    /// <summary>The content of an Authentication Header: it has the addresses of the packet around it.</summary>
    public static NetworkLayer Inside(in DecodedPacket carrier, LayerBytes payload) => new()
    {
        Source = carrier.Source,
        Destination = carrier.Destination,
        Protocol = carrier.Inner.Protocol,
        TimeToLive = carrier.TimeToLive,
        Payload = payload,
    };

    /// <summary>Reads an IPv4 packet; false with the reason when its header is unreadable.</summary>
    public static bool TryReadIpv4(in LayerBytes layer, out NetworkLayer network, out DecodeReason reason)
    {
        network = default;
        var isGood = Ipv4Packet.TryParse(layer.Bytes, out var packet, out var error);
        reason = layer.Explain(error);
        if (!isGood)
            return false;

        var payload = layer.Inner(packet.Payload, packet.HeaderLength, packet.AnnouncedPayloadLength);
        // Assigned field by field, because nearly every packet passes here: building a value and copying it costs more.
        network.Source = packet.Source;
        network.Destination = packet.Destination;
        network.Protocol = packet.Protocol;
        network.TimeToLive = packet.TimeToLive;
        network.Identification = packet.Identification;
        network.Payload = payload;
        if (packet.IsFragment)
        {
            network.IsFragment = true;
            network.Fragment = FragmentOf(payload, packet.Identification, packet.Protocol.Value, packet.FragmentOffset,
                packet.MoreFollow);
        }

        return true;
    }

    /// <summary>Reads an IPv6 packet up to its protocol; false with the reason when a header is unreadable.</summary>
    public static bool TryReadIpv6(in LayerBytes layer, out NetworkLayer network, out DecodeReason reason)
    {
        network = default;
        var isGood = Ipv6Packet.TryParse(layer.Bytes, out var packet, out var error);
        reason = layer.Explain(error);
        if (!isGood)
            return false;

        network.Source = packet.Source;
        network.Destination = packet.Destination;
        network.TimeToLive = packet.HopLimit;
        return network.TryPassExtensions(packet.NextHeader,
            layer.Inner(packet.Payload, Ipv6Packet.HeaderLength, packet.AnnouncedPayloadLength), out reason);
    }

    /// <summary>Reads a reassembled datagram; false with the reason when a header is unreadable.</summary>
    /// <param name="fragment">One of its fragments.</param>
    /// <param name="data">The data of the whole datagram.</param>
    /// <param name="network">The whole datagram.</param>
    /// <param name="reason">Why it cannot be read.</param>
    public static bool TryReadWhole(in DecodedPacket fragment, LayerBytes data, out NetworkLayer network,
        out DecodeReason reason)
    {
        reason = DecodeReason.Done;
        network = new NetworkLayer
        {
            Source = fragment.Source,
            Destination = fragment.Destination,
            Protocol = new IpProtocol(fragment.Fragment.Header),
            TimeToLive = fragment.TimeToLive,
            IsFragment = true,
            Payload = data,
        };
        if (!fragment.Source.IsIpv4 && !network.TryPassExtensions(fragment.Fragment.Header, data, out reason))
            return false;
        (network.IsFragment, network.Fragment) = (false, default);
        return true;
    }

    /// <summary>Skips extension headers up to the protocol, or to the end of a later fragment's headers.</summary>
    private bool TryPassExtensions(byte next, LayerBytes rest, out DecodeReason reason)
    {
        reason = DecodeReason.Done;
        for (var nesting = 0; Ipv6ExtensionHeader.IsExtension(next) && Fragment.Position == 0; nesting++)
        {
            if (!Ipv6ExtensionHeader.TryParse(rest.Bytes, next, out var header, out var error)
                || nesting == PacketDecoder.MaximumNesting)
            {
                reason = nesting == PacketDecoder.MaximumNesting ? DecodeReason.TooDeep : rest.Explain(error);
                return false;
            }

            next = header.NextHeader;
            rest = rest.Inner(header.Payload, header.HeaderLength);
            // In a fragmented packet both are repeated in each fragment (RFC 8200 §4.5; RFC 6275 §6.3).
            if (!IsFragment)
                (Source, Destination) = (header.HomeAddress ?? Source, header.FinalDestination ?? Destination);
            if (header.IsFragment)
                (IsFragment, Fragment) =
                    (true, FragmentOf(rest, header.Identification, next, header.FragmentOffset, header.MoreFollow));
        }

        Protocol = new IpProtocol(next);
        Payload = rest;
        return true;
    }

    private static IpFragment FragmentOf(LayerBytes data, uint identification, byte header, int position,
        bool moreFollow) =>
        new(identification, header, position, moreFollow, data.Offset, data.Bytes.Length, data.WireLength);
}
