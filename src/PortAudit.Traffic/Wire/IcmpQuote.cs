namespace PortAudit.Traffic.Wire;

/// <summary>Reads the packet quoted in an ICMP error: its IP header and at least eight more bytes (RFC 792; RFC 4443
/// §2.4 asks for as much as fits). Its lengths normally exceed the quote.</summary>
internal static class IcmpQuote
{
    /// <summary>Sets the quoted fields if all can be read; else returns the reason.</summary>
    /// <param name="quote">The bytes after the ICMP header.</param>
    /// <param name="packet">The packet, whose protocol decides which IP version is quoted.</param>
    public static DecodeReason Read(LayerBytes quote, ref DecodedPacket packet)
    {
        var isGood = packet.Protocol == IpProtocol.IcmpV6
            ? NetworkLayer.TryReadIpv6(quote, out var network, out var reason)
            : NetworkLayer.TryReadIpv4(quote, out network, out reason);
        if (!isGood)
            return reason;
        if (network.IsLaterFragment)
            return DecodeReason.LaterFragment;

        reason = ReadPorts(network, ref packet);
        if (reason != DecodeReason.Done)
            return reason;
        packet.HasQuote = true;
        packet.QuotedSource = network.Source;
        packet.QuotedDestination = network.Destination;
        packet.QuotedProtocol = network.Protocol;
        return DecodeReason.Done;
    }

    private static DecodeReason ReadPorts(in NetworkLayer network, ref DecodedPacket packet)
    {
        var payload = network.Payload;
        ParseError error;
        if (network.Protocol.IsIcmp)
        {
            if (IcmpMessage.TryParse(payload.Bytes, out var message, out error))
                (packet.QuotedSourcePort, packet.QuotedDestinationPort) = (message.Type, message.Code);
            return payload.Explain(error);
        }

        if (!network.Protocol.HasPorts)
            return DecodeReason.Done;
        if (TransportPorts.TryParse(payload.Bytes, out var ports, out error))
            (packet.QuotedSourcePort, packet.QuotedDestinationPort) = (ports.Source, ports.Destination);
        return payload.Explain(error);
    }
}
