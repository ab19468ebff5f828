using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>A frame of a WebSocket (RFC 6455 §5.2), viewed in place.</summary>
internal readonly ref struct WebSocketFrame
{
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;
    private const byte FirstControl = 8;
    private const byte LastControl = 10;
    private const byte LastData = 2;
    private const byte ShortLength = 126;
    private const byte LongLength = 127;
    private const int FixedLength = 2;
    private const int MaskLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _headerLength;

    private WebSocketFrame(ReadOnlySpan<byte> bytes, int headerLength)
    {
        _bytes = bytes;
        _headerLength = headerLength;
    }

    /// <summary>True when <paramref name="bytes"/> hold a whole header. A frame changed by an extension (compression)
    /// is <see cref="ParseError.BadValue"/>: its content is unreadable.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out WebSocketFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < FixedLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        if ((bytes[0] & Reserved) != 0 || (bytes[0] & 0x0F) is (> LastData and < FirstControl) or > LastControl)
        {
            error = ParseError.BadValue;
            return false;
        }

        var length = FixedLength + (bytes[1] & ~Masked) switch { ShortLength => 2, LongLength => 8, _ => 0 }
            + ((bytes[1] & Masked) != 0 ? MaskLength : 0);
        if (bytes.Length < length)
            error = ParseError.Incomplete;
        else
            frame = new WebSocketFrame(bytes, length);
        return error == ParseError.None;
    }

    /// <summary>True for a frame that controls the connection and carries no content.</summary>
    public bool IsControl => (_bytes[0] & 0x0F) >= FirstControl;

    /// <summary>Length of header and payload, in bytes; saturated for a length beyond 2^63.</summary>
    public ulong Length => (ulong)_headerLength + (_bytes[1] & ~Masked) switch
    {
        ShortLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[FixedLength..]),
        LongLength => BinaryPrimitives.ReadUInt64BigEndian(_bytes[FixedLength..]) & long.MaxValue,
        var length => (ulong)length,
    };

    /// <summary>Copies the unmasked payload (§5.3) present, as far as <paramref name="buffer"/> has room; returns its
    /// length.</summary>
    public int CopyPayload(Span<byte> buffer)
    {
        var payload = _bytes[_headerLength..(int)Math.Min((ulong)_bytes.Length, Length)];
        payload = payload[..Math.Min(payload.Length, buffer.Length)];
        payload.CopyTo(buffer);
        if ((_bytes[1] & Masked) == 0)
            return payload.Length;
        var mask = _bytes[(_headerLength - MaskLength).._headerLength];
        for (var i = 0; i < payload.Length; i++)
            buffer[i] ^= mask[i % MaskLength];
        return payload.Length;
    }
}
