using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The header written by Juniper routers and firewalls before each frame (<c>monitor traffic write-file</c>;
/// LINKTYPE_JUNIPER_ETHER, tcpdump.org/linktypes), viewed in place: a magic number, flags, and optional extensions, of
/// which only the length is read.</summary>
internal readonly ref struct JuniperHeader : IWireHeader<JuniperHeader>
{
    private const int Mark = 0x4D4743;
    private const int FixedLength = 4;
    private const int ExtensionsStart = 6;
    private const byte WithoutLink = 0x02;
    private const byte HasExtensions = 0x80;

    /// <summary>Length of the placeholder for a missing link header, in bytes.</summary>
    private const int WithoutLinkLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private JuniperHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header; another magic number is
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out JuniperHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new JuniperHeader(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>True when a frame follows; false for an IP packet.</summary>
    public bool HasFrame => (_bytes[3] & WithoutLink) == 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        if (BinaryPrimitives.ReadInt32BigEndian(bytes) >>> 8 != Mark)
            return ParseError.BadValue;
        var isCut = (bytes[3] & HasExtensions) != 0 && bytes.Length < ExtensionsStart;
        return isCut || bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var length = (bytes[3] & HasExtensions) != 0
            ? ExtensionsStart + BinaryPrimitives.ReadUInt16BigEndian(bytes[FixedLength..])
            : FixedLength;
        return (bytes[3] & WithoutLink) != 0 ? length + WithoutLinkLength : length;
    }
}
