using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A PPP frame (RFC 1661 §2), with or without address and control of HDLC-like framing (RFC 1662 §3.1), with a
/// compressed protocol field or not, viewed in place.</summary>
internal readonly ref struct PppFrame : ILinkHeader<PppFrame>
{
    private const byte AllStations = 0xFF;
    private const byte UnnumberedInformation = 0x03;
    private const int FramingLength = 2;
    private const ushort Ipv4 = 0x0021;
    private const ushort Ipv6 = 0x0057;
    private const ushort Mpls = 0x0281;
    private const ushort MplsMulticast = 0x0283;

    private readonly ReadOnlySpan<byte> _bytes;

    private PppFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the whole protocol field.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PppFrame frame, out ParseError error)
    {
        frame = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        frame = new PppFrame(bytes);
        return true;
    }

    /// <summary>Length of address and control, if any, and protocol field, in bytes: 1 to 4.</summary>
    public int HeaderLength => FramingOf(_bytes) + (IsCompressed ? 1 : 2);

    /// <summary>The protocol field, uncompressed.</summary>
    public ushort Protocol
    {
        get
        {
            var number = _bytes[FramingOf(_bytes)..];
            return IsCompressed ? number[0] : BinaryPrimitives.ReadUInt16BigEndian(number);
        }
    }

    /// <summary>The payload's EtherType (RFC 1332 §3, RFC 5072 §3, RFC 3032 §4.3); <see cref="Wire.EtherType.None"/>
    /// for control and other protocols.</summary>
    public ushort EtherType => Protocol switch
    {
        Ipv4 => Wire.EtherType.Ipv4,
        Ipv6 => Wire.EtherType.Ipv6,
        Mpls => Wire.EtherType.Mpls,
        MplsMulticast => Wire.EtherType.MplsMulticast,
        _ => Wire.EtherType.None,
    };

    /// <summary>The bytes after the header, with padding and frame check sequence if captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    // Protocol numbers are odd, with an even upper byte (RFC 1661 §2): an odd first byte is a compressed number.
    private bool IsCompressed => IsOdd(_bytes[FramingOf(_bytes)]);

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        // A lone FF begins address and control: no protocol has that number (RFC 1661 §6.5).
        if (bytes is [] or [AllStations])
            return ParseError.Incomplete;
        var number = bytes[FramingOf(bytes)..];
        return number.IsEmpty || (number.Length < 2 && !IsOdd(number[0])) ? ParseError.Incomplete : ParseError.None;
    }

    private static int FramingOf(ReadOnlySpan<byte> bytes) =>
        bytes is [AllStations, UnnumberedInformation, ..] ? FramingLength : 0;

    private static bool IsOdd(byte value) => (value & 1) != 0;
}
