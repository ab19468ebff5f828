using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A logical link control frame (IEEE 802.2 §3.2), with SNAP header if present (IEEE 802 §9; RFC 1042), viewed
/// in place.</summary>
internal readonly ref struct LlcFrame : ILinkHeader<LlcFrame>
{
    private const int LlcLength = 3;
    private const int SnapLength = 5;
    private const byte Snap = 0xAA;
    private const byte Ip = 0x06;
    // Organisation 00-00-F8 tunnels frames through bridges; its protocols are EtherTypes, too (IEEE 802.1H).
    private const byte BridgeTunnel = 0xF8;
    private const byte UnnumberedInformation = 0x03;

    private readonly ReadOnlySpan<byte> _bytes;

    private LlcFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold both access points, the first control byte, and a SNAP header
    /// if there is one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LlcFrame frame, out ParseError error)
    {
        frame = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        frame = new LlcFrame(bytes);
        return true;
    }

    /// <summary>Length of the header, with a SNAP header, in bytes: 3 or 8.</summary>
    public int HeaderLength => HasSnap(_bytes) ? LlcLength + SnapLength : LlcLength;

    /// <summary>The payload's EtherType: SNAP with organisation 0 or 00-00-F8, or IPv4 between access points of that
    /// number; else <see cref="Wire.EtherType.None"/>.</summary>
    public ushort EtherType
    {
        get
        {
            if (_bytes is [Ip, Ip, UnnumberedInformation, ..])
                return Wire.EtherType.Ipv4;
            if (!HasSnap(_bytes) || _bytes is not [_, _, _, 0, 0, 0 or BridgeTunnel, ..])
                return Wire.EtherType.None;
            var protocol = BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);
            return protocol < Wire.EtherType.Minimum ? Wire.EtherType.None : protocol;
        }
    }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes) =>
        bytes.Length < LlcLength || (HasSnap(bytes) && bytes.Length < LlcLength + SnapLength)
            ? ParseError.Incomplete
            : ParseError.None;

    private static bool HasSnap(ReadOnlySpan<byte> bytes) => bytes is [Snap, Snap, UnnumberedInformation, ..];
}
