using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Address and port in H.225.0 (annex H, <c>TransportAddress</c>) and H.245 (annex A) encoding; IP only,
/// others break the reader.</summary>
internal readonly record struct TransportAddress(IpAddress Address, ushort Port)
{
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;

    /// <summary>H.225.0: a choice of seven, the first IPv4, the fourth an extensible IPv6.</summary>
    public static bool TryReadSignalling(ref PerReader reader, out TransportAddress address)
    {
        address = default;
        var isExtension = reader.ReadBit();
        return reader.ReadBits(3) switch
        {
            0 when !isExtension => TryReadEnd(ref reader, Ipv4Length, out address),
            3 when !isExtension => !reader.ReadBit() && TryReadEnd(ref reader, Ipv6Length, out address),
            _ => false,
        };
    }

    /// <summary>H.245: unicast or multicast, then a choice with IPv4 first; all sequences are extensible.</summary>
    public static bool TryReadMedia(ref PerReader reader, out TransportAddress address)
    {
        address = default;
        if (reader.ReadBit())
            return false;
        var isMulticast = reader.ReadBit();
        if (reader.ReadBit())
            return false;
        var length = (isMulticast, reader.ReadBits(isMulticast ? 1 : 3)) switch
        {
            (_, 0) => Ipv4Length,
            (true, 1) or (false, 2) => Ipv6Length,
            _ => 0,
        };
        return length > 0 && !reader.ReadBit() && TryReadEnd(ref reader, length, out address);
    }

    private static bool TryReadEnd(ref PerReader reader, int length, out TransportAddress address)
    {
        var octets = reader.ReadOctets(length);
        var port = reader.ReadUInt16();
        address = reader.IsBroken ? default : new TransportAddress(length == Ipv4Length
            ? IpAddress.FromIpv4(octets)
            : IpAddress.FromIpv6(octets), port);
        return !reader.IsBroken;
    }
}
