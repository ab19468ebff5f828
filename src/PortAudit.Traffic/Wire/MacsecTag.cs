using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A MACsec security tag after its type (IEEE 802.1AE §9.3), with the payload type if in clear, viewed in
/// place.</summary>
internal readonly ref struct MacsecTag : ILinkHeader<MacsecTag>
{
    // Tag control, short length and packet number.
    private const int FixedLength = 6;
    private const int ChannelIdentifierLength = 8;
    private const int TypeLength = 2;
    private const byte VersionBit = 0x80;
    private const byte HasChannelIdentifier = 0x20;
    private const byte Encrypted = 0x08;
    private const byte Changed = 0x04;

    private readonly ReadOnlySpan<byte> _bytes;

    private MacsecTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag of version 0, and the payload type if in
    /// clear.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MacsecTag tag, out ParseError error)
    {
        tag = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        tag = new MacsecTag(bytes);
        return true;
    }

    /// <summary>True when the payload is not in clear: encrypted, or changed by a special integrity check
    /// (§9.5).</summary>
    public bool IsEncrypted => IsHidden(_bytes);

    /// <summary>Length of the tag, and of the payload type if in clear, in bytes: 6, 8, 14 or 16.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>The payload's EtherType; <see cref="Wire.EtherType.None"/> when encrypted.</summary>
    public ushort EtherType =>
        IsEncrypted ? Wire.EtherType.None : BinaryPrimitives.ReadUInt16BigEndian(_bytes[(HeaderLength - TypeLength)..]);

    /// <summary>The bytes after the header, ending with the integrity check value.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [var control, ..] && (control & VersionBit) != 0)
            return ParseError.BadVersion;
        return bytes.IsEmpty || bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        FixedLength + ((bytes[0] & HasChannelIdentifier) != 0 ? ChannelIdentifierLength : 0)
        + (IsHidden(bytes) ? 0 : TypeLength);

    private static bool IsHidden(ReadOnlySpan<byte> bytes) => (bytes[0] & (Encrypted | Changed)) != 0;
}
