namespace PortAudit.Traffic.Wire;

/// <summary>What an IPv4 header, or an IPv6 header with its extension headers, says: the same for a frame's own packet
/// and for one that ICMP quotes.</summary>
internal ref struct NetworkLayer
{
    /// <summary>Source address.</summary>
    public IpAddress Source { readonly get; private set; }

    /// <summary>Destination address.</summary>
    public IpAddress Destination { readonly get; private set; }

    /// <summary>The protocol behind all headers; in a later fragment, of the first header that was divided.</summary>
    public IpProtocol Protocol { readonly get; private set; }

    /// <summary>Time to live, or hop limit.</summary>
    public byte TimeToLive { readonly get; private set; }

    /// <summary>Identification of IPv4; 0 for IPv6.</summary>
    public ushort Identification { readonly get; private set; }

    /// <summary>True for a fragment.</summary>
    public bool IsFragment { readonly get; private set; }

    /// <summary>True for a fragment other than the first, which has no transport header.</summary>
    public readonly bool IsLaterFragment => Fragment.Position != 0;

    /// <summary>What the headers say of the fragment; blank in a packet that is whole.</summary>
    public IpFragment Fragment { readonly get; private set; }

    /// <summary>The payload.</summary>
    public LayerBytes Payload { readonly get; private set; }

    /// <summary>What an Authentication Header protects: it has the addresses of the packet around it.</summary>
    public static NetworkLayer Inside(in DecodedPacket carrier, LayerBytes payload) => new()
    {
        Source = carrier.Source,
        Destination = carrier.Destination,
        Protocol = carrier.Inner.Protocol,
        TimeToLive = carrier.TimeToLive,
        Payload = payload,
    };

    /// <summary>Reads an IPv4 packet; false with the reason when its header cannot be read.</summary>
    public static bool TryReadIpv4(in LayerBytes layer, out NetworkLayer network, out DecodeReason reason)
    {
        network = default;
        var isGood = Ipv4Packet.TryParse(layer.Bytes, out var packet, out var error);
        reason = layer.Explain(error);
        if (!isGood)
            return false;

        var payload = layer.Inner(packet.Payload, packet.HeaderLength, packet.AnnouncedPayloadLength);
        // Field by field, for nearly every packet passes here: a value that is made first and copied then costs more.
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

    /// <summary>Reads an IPv6 packet up to its protocol; false with the reason when a header on the way cannot be
    /// read.</summary>
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

    /// <summary>Reads the data of a datagram that was put together from fragments; false with the reason when a header
    /// on the way cannot be read.</summary>
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

    /// <summary>Follows extension headers to the protocol, or to the end of the headers of a later fragment.</summary>
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
            // Where the packet is divided, both stand in each of its fragments (RFC 8200 §4.5; RFC 6275 §6.3).
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
