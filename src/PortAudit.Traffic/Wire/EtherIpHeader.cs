namespace PortAudit.Traffic.Wire;

/// <summary>An EtherIP header, version 3 (RFC 3378 §3), viewed in place. The payload is an Ethernet frame. Cisco
/// wireless controllers, which tunnel guest traffic to each other in it, write version 4 and use the second
/// octet.</summary>
internal readonly ref struct EtherIpHeader
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 2;

    private const int Version = 3;
    private const int CiscoVersion = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private EtherIpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of either version; nonzero reserved bits are
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EtherIpHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new EtherIpHeader(bytes);
        return true;
    }

    /// <summary>The frame as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (bytes[0] >> 4 is not (Version or CiscoVersion))
            return ParseError.BadVersion;
        if (bytes.Length < HeaderLength)
            return ParseError.Incomplete;
        return bytes is [Version << 4, 0, ..] or [CiscoVersion << 4, ..] ? ParseError.None : ParseError.BadValue;
    }
}
