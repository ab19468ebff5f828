using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A Network Service Header (RFC 8300 §2), viewed in place.</summary>
internal readonly ref struct NshHeader : IWireHeader<NshHeader>
{
    /// <summary>Length of base and service path header, in bytes: a header without context.</summary>
    public const int MinimumLength = 8;

    // Next protocols (RFC 8300 §2.2).
    private const byte NextIpv4 = 1;
    private const byte NextIpv6 = 2;
    private const byte NextEthernet = 3;
    private const byte NextMpls = 5;

    private const int LengthMask = 0x3F;
    private const int VersionShift = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private NshHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. Another version is
    /// <see cref="ParseError.BadVersion"/>, a length below <see cref="MinimumLength"/>
    /// <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NshHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new NshHeader(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>Number of the payload's protocol.</summary>
    public byte NextProtocol => _bytes[3];

    /// <summary>EtherType of the payload; <see cref="Wire.EtherType.None"/> when not supported.</summary>
    public ushort EtherType => NextProtocol switch
    {
        NextIpv4 => Wire.EtherType.Ipv4,
        NextIpv6 => Wire.EtherType.Ipv6,
        NextEthernet => Wire.EtherType.TransparentEthernet,
        NextMpls => Wire.EtherType.Mpls,
        _ => Wire.EtherType.None,
    };

    /// <summary>Service path, 0 to 16777215.</summary>
    public uint ServicePath => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [var first, ..] && first >> VersionShift != 0)
            return ParseError.BadVersion;
        if (bytes.Length < sizeof(ushort))
            return ParseError.Incomplete;
        if (LengthOf(bytes) < MinimumLength)
            return ParseError.BadLength;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    /// <summary>In four-byte words.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) => (bytes[1] & LengthMask) * sizeof(uint);
}
