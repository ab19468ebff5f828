using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A Cisco HDLC frame (RFC 1547 §4.3.1; allowed besides PPP in LINKTYPE_PPP_HDLC), viewed in place.</summary>
internal readonly ref struct CiscoHdlcFrame : ILinkHeader<CiscoHdlcFrame>
{
    /// <summary>Length of address, control and type, in bytes.</summary>
    public const int HeaderLength = 4;

    private const byte Unicast = 0x0F;
    private const byte Broadcast = 0x8F;

    private readonly ReadOnlySpan<byte> _bytes;

    private CiscoHdlcFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out CiscoHdlcFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new CiscoHdlcFrame(bytes);
        return true;
    }

    int IWireHeader<CiscoHdlcFrame>.HeaderLength => HeaderLength;

    /// <summary>True when the first byte of a frame is Cisco's, not PPP's.</summary>
    public static bool IsAddress(byte address) => address is Unicast or Broadcast;

    /// <summary>The payload's EtherType; <see cref="Wire.EtherType.None"/> for other numbers.</summary>
    public ushort EtherType
    {
        get
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);
            return type < Wire.EtherType.Minimum ? Wire.EtherType.None : type;
        }
    }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
