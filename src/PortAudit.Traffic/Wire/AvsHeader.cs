using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The capture header of AVS drivers before an IEEE 802.11 frame (LINKTYPE_IEEE802_11_AVS,
/// tcpdump.org/linktypes), viewed in place. What it says of the radio is not read.</summary>
internal readonly ref struct AvsHeader : IWireHeader<AvsHeader>
{
    private const int FixedLength = 8;
    private const uint Version1 = 0x80211001;
    private const uint Version2 = 0x80211002;
    // Version 1 has 64 bytes, version 2 has 80; more would be fields that a later draft appended.
    private const uint MinimumLength = 64;
    private const uint MaximumLength = 1024;

    private readonly ReadOnlySpan<byte> _bytes;

    private AvsHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 1 or 2. A length outside 64 to 1024
    /// is <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AvsHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new AvsHeader(bytes);
        return true;
    }

    /// <summary>True when <paramref name="bytes"/> begin with the version of such a header: some drivers write it where
    /// a Prism header is announced.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.TryReadUInt32BigEndian(bytes, out var version) && version is Version1 or Version2;

    /// <inheritdoc/>
    public int HeaderLength => (int)LengthOf(_bytes);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(uint) && !Begins(bytes))
            return ParseError.BadVersion;
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        if (LengthOf(bytes) is < MinimumLength or > MaximumLength)
            return ParseError.BadLength;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static uint LengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
}
