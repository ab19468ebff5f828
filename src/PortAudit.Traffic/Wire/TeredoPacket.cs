namespace PortAudit.Traffic.Wire;

/// <summary>The IPv6 packet in a Teredo datagram, with its trailers, viewed in place. As the headers before it prove
/// little, the packet must: clients accept only packets with a Teredo address, and router advertisements (RFC 4380
/// §5.2.3); only trailers may follow (RFC 6081 §4).</summary>
internal readonly ref struct TeredoPacket
{
    private const byte IcmpV6 = 58;
    private const byte RouterSolicitation = 133;
    private const byte RouterAdvertisement = 134;
    private const ulong LinkLocal = 0xFE80_0000_0000_0000;
    private const int PrefixShift = 32;

    /// <summary>RFC 4380 §2.6, and the prefix of Microsoft's first version, before it was assigned.</summary>
    private const uint Prefix = 0x2001_0000;
    private const uint EarlyPrefix = 0x3FFE_831F;

    /// <summary>Type and length of a trailer, in bytes; the length excludes them (RFC 6081 §4).</summary>
    private const int TrailerHeaderLength = 2;

    /// <summary>Trailers of a packet at most: RFC 6081 §4 has four.</summary>
    private const int MaximumTrailers = 8;

    private readonly Ipv6Packet _packet;

    private TeredoPacket(Ipv6Packet packet) => _packet = packet;

    /// <summary>True for a packet that fills the bytes with its trailers and has Teredo addresses.</summary>
    /// <param name="bytes">The captured bytes after the indications (<see cref="TeredoHeaders"/>).</param>
    /// <param name="wireLength">Their number on the wire.</param>
    /// <param name="packet">The view.</param>
    /// <param name="error"><see cref="ParseError.BadLength"/> when the packet does not fill the bytes,
    /// <see cref="ParseError.BadValue"/> for other addresses.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, int wireLength, out TeredoPacket packet, out ParseError error)
    {
        packet = default;
        if (!Ipv6Packet.TryParse(bytes, out var ipv6, out error))
            return false;
        var parsed = new TeredoPacket(ipv6);
        var length = Ipv6Packet.HeaderLength + ipv6.PayloadLength;
        if (length > wireLength
            || (bytes.Length > length && !AreTrailers(bytes[length..], isWhole: bytes.Length == wireLength)))
            error = ParseError.BadLength;
        else if (!IsOfTeredo(ipv6.Source) && !IsOfTeredo(ipv6.Destination) && !parsed.IsRouterSolicitation
            && !parsed.IsRouterAdvertisement)
            error = ParseError.BadValue;
        if (error != ParseError.None)
            return false;
        packet = parsed;
        return true;
    }

    /// <summary>True for the router solicitation with which a client qualifies (RFC 4380 §5.2.1).</summary>
    public bool IsRouterSolicitation => IsRouterDiscovery(RouterSolicitation);

    /// <summary>True for a server's answer to a router solicitation.</summary>
    public bool IsRouterAdvertisement => IsRouterDiscovery(RouterAdvertisement);

    private bool IsRouterDiscovery(byte type) =>
        _packet.NextHeader == IcmpV6 && _packet.PayloadLength > 0 && _packet.Source.High == LinkLocal
        && _packet.Payload is [var first, ..] && first == type;

    private static bool IsOfTeredo(IpAddress address) => (uint)(address.High >> PrefixShift) is Prefix or EarlyPrefix;

    private static bool AreTrailers(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        for (var trailer = 0; trailer < MaximumTrailers; trailer++)
        {
            if (bytes.IsEmpty)
                return true;
            if (bytes.Length < TrailerHeaderLength || bytes.Length < TrailerHeaderLength + bytes[1])
                return !isWhole;
            bytes = bytes[(TrailerHeaderLength + bytes[1])..];
        }

        return bytes.IsEmpty;
    }
}
