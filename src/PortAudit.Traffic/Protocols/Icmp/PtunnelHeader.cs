using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>
/// What ptunnel (TCP in pings) puts before the data that it carries, viewed in place. It begins with a mark, 0xD5200880
/// unless its user chose another, which is why the other fields are looked at instead.
/// </summary>
internal readonly ref struct PtunnelHeader
{
    /// <summary>Length of the header, in bytes: mark, address, port, state, acknowledgment and length of four bytes
    /// each, sequence number and identifier of two.</summary>
    public const int HeaderLength = 28;

    private const int PortAt = 8;
    private const int StateAt = 12;
    private const int LengthAt = 20;

    /// <summary>Set in the state by the end that opens the tunnel, and by its proxy.</summary>
    private const uint UserFlag = 0x4000_0000;
    private const uint ProxyFlag = 0x8000_0000;

    /// <summary>Start, acknowledgment, data, close, authentication.</summary>
    private const uint LastState = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private PtunnelHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header: a port of 16 bits, a state that exists, and one of
    /// both ends as its sender.</summary>
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

    /// <summary>Length of the data that follows, in bytes; a message of odd length has one more.</summary>
    public ushort DataLength => (ushort)BinaryPrimitives.ReadUInt32BigEndian(_bytes[LengthAt..]);
}
