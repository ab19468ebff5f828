namespace PortAudit.Traffic.Wire;

/// <summary>Solaris' header of IP observability devices, which show traffic between zones (LINKTYPE_IPNET,
/// tcpdump.org/linktypes; ipnet(7D)), viewed in place.</summary>
internal readonly ref struct IpnetHeader : ILinkHeader<IpnetHeader>
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 24;

    private const byte Inet = 2;
    private const byte Inet6 = 26;

    private readonly ReadOnlySpan<byte> _bytes;

    private IpnetHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IpnetHeader header, out ParseError error)
    {
        header = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        header = new IpnetHeader(bytes);
        return true;
    }

    int IWireHeader<IpnetHeader>.HeaderLength => HeaderLength;

    /// <inheritdoc/>
    public ushort EtherType => _bytes[1] switch
    {
        Inet => Wire.EtherType.Ipv4,
        Inet6 => Wire.EtherType.Ipv6,
        _ => Wire.EtherType.None,
    };

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
