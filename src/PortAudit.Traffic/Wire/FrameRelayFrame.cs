using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A Frame Relay frame (ITU-T Q.922 annex A) with multiprotocol encapsulation (RFC 2427 §3) or Cisco's, viewed
/// in place.</summary>
internal readonly ref struct FrameRelayFrame : ILinkHeader<FrameRelayFrame>
{
    // Address bytes: two to four, with the lowest bit set in the last one (Q.922 §A.3.3.1).
    private const byte LastAddressByte = 0x01;
    private const int MinimumAddressLength = 2;
    private const int MaximumAddressLength = 4;
    private const byte UnnumberedInformation = 0x03;
    private const byte Pad = 0x00;
    // Network layer protocol identifiers (RFC 2427 appendix A).
    private const byte SnapFollows = 0x80;
    private const byte Ipv6 = 0x8E;
    private const byte Ipv4 = 0xCC;
    private const int SnapLength = 5;
    private const int SnapTypeOffset = 3;
    private const int TypeLength = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private FrameRelayFrame(ReadOnlySpan<byte> bytes, int headerLength, ushort etherType)
    {
        _bytes = bytes;
        HeaderLength = headerLength;
        EtherType = etherType;
    }

    /// <summary>True when <paramref name="bytes"/> hold the address and the payload type. An address of one byte, or
    /// more than four, is <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out FrameRelayFrame frame, out ParseError error)
    {
        frame = default;
        error = CheckAddress(bytes, out var addressLength);
        if (error != ParseError.None)
            return false;
        error = Measure(bytes[addressLength..], out var kindLength, out var etherType);
        if (error != ParseError.None)
            return false;
        frame = new FrameRelayFrame(bytes, addressLength + kindLength, etherType);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength { get; }

    /// <summary>The payload's EtherType; <see cref="Wire.EtherType.None"/> for signalling, bridged frames and protocols
    /// without a number.</summary>
    public ushort EtherType { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError CheckAddress(ReadOnlySpan<byte> bytes, out int length)
    {
        for (length = 1; length <= MaximumAddressLength; length++)
        {
            if (bytes.Length < length)
                return ParseError.Incomplete;
            if ((bytes[length - 1] & LastAddressByte) != 0)
                return length < MinimumAddressLength ? ParseError.BadValue : ParseError.None;
        }

        return ParseError.BadValue;
    }

    /// <summary>Measures the header after the address and reads the payload type.</summary>
    private static ParseError Measure(ReadOnlySpan<byte> bytes, out int length, out ushort etherType)
    {
        (length, etherType) = (TypeLength, Wire.EtherType.None);
        if (bytes.Length < TypeLength)
            return ParseError.Incomplete;
        if (bytes[0] != UnnumberedInformation)
        {
            etherType = Known(BinaryPrimitives.ReadUInt16BigEndian(bytes));
            return ParseError.None;
        }

        var identifier = bytes[1] == Pad ? TypeLength : TypeLength - 1;
        length = identifier + 1;
        if (bytes.Length < length)
            return ParseError.Incomplete;
        if (bytes[identifier] != SnapFollows)
        {
            etherType = ToEtherType(bytes[identifier]);
            return ParseError.None;
        }

        var snap = bytes[length..];
        length += SnapLength;
        if (snap.Length < SnapLength)
            return ParseError.Incomplete;
        if (snap is [0, 0, 0, ..])
            etherType = Known(BinaryPrimitives.ReadUInt16BigEndian(snap[SnapTypeOffset..]));
        return ParseError.None;
    }

    private static ushort ToEtherType(byte identifier) => identifier switch
    {
        Ipv4 => Wire.EtherType.Ipv4,
        Ipv6 => Wire.EtherType.Ipv6,
        _ => Wire.EtherType.None,
    };

    private static ushort Known(ushort number) => number < Wire.EtherType.Minimum ? Wire.EtherType.None : number;
}
