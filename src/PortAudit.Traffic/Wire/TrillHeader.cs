using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A TRILL header after its type, with options (RFC 6325 §3), viewed in place. The payload is an Ethernet
/// frame.</summary>
internal readonly ref struct TrillHeader : IWireHeader<TrillHeader>
{
    /// <summary>Length of a header without options, in bytes.</summary>
    public const int MinimumLength = 6;

    private const int VersionShift = 14;
    private const int OptionsShift = 6;
    private const int OptionsMask = 0x1F;

    private readonly ReadOnlySpan<byte> _bytes;

    private TrillHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. A version other than 0 is
    /// <see cref="ParseError.BadVersion"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TrillHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new TrillHeader(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>Nickname of the egress bridge, or of the distribution tree.</summary>
    public ushort EgressNickname => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Nickname of the ingress bridge.</summary>
    public ushort IngressNickname => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ushort))
            return ParseError.Incomplete;
        if (Flags(bytes) >> VersionShift != 0)
            return ParseError.BadVersion;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    /// <summary>Options are counted in four-byte words.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        MinimumLength + ((Flags(bytes) >> OptionsShift & OptionsMask) * sizeof(uint));

    private static ushort Flags(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
