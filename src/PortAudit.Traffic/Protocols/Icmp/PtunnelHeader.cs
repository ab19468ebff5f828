using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>ptunnel's header (TCP in pings), viewed in place. Its magic number, by default 0xD5200880, is configurable,
/// so the other fields are checked instead.</summary>
internal readonly ref struct PtunnelHeader
{
    /// <summary>Length of the header, in bytes: four bytes each of magic number, address, port, state, acknowledgment
    /// and length, two each of sequence number and identifier.</summary>
    public const int HeaderLength = 28;

    private const int PortAt = 8;
    private const int StateAt = 12;
    private const int LengthAt = 20;

    /// <summary>Set in the state by the initiating side, and by its proxy.</summary>
    private const uint UserFlag = 0x4000_0000;
    private const uint ProxyFlag = 0x8000_0000;

    /// <summary>Start, acknowledgment, data, close, authentication.</summary>
    private const uint LastState = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private PtunnelHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header: a 16-bit port, a valid state, and one of both sides
    /// as sender.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PtunnelHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        var state = BinaryPrimitives.ReadUInt32BigEndian(bytes[StateAt..]);
        var sender = state & (UserFlag | ProxyFlag);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[PortAt..]) > ushort.MaxValue
            || sender is not (UserFlag or ProxyFlag) || state - sender > LastState)
            return false;
        error = ParseError.BadLength;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[LengthAt..]) > ushort.MaxValue)
            return false;
        header = new PtunnelHeader(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the data, in bytes; messages are padded to even length.</summary>
    public ushort DataLength => (ushort)BinaryPrimitives.ReadUInt32BigEndian(_bytes[LengthAt..]);
}
