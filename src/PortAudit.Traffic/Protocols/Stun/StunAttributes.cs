using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Enumerates the attributes of a STUN message (RFC 8489 §14): type, length, value, padding to words.
/// Microsoft's TURN has no padding.</summary>
internal ref struct StunAttributes
{
    private const int HeaderLength = 4;

    private readonly bool _isPadded;
    private ReadOnlySpan<byte> _rest;
    private int _walked;

    public StunAttributes(ReadOnlySpan<byte> bytes, bool isPadded)
    {
        _rest = bytes;
        _isPadded = isPadded;
    }

    /// <summary>Moves to the next attribute, with the captured part of its value; false after the last one and after
    /// <see cref="StunMessage.MaximumAttributes"/>.</summary>
    public bool TryNext(out ushort type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (_rest.Length < HeaderLength || _walked == StunMessage.MaximumAttributes)
            return false;
        var end = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
        type = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        value = _rest[HeaderLength..Math.Min(end, _rest.Length)];
        var next = _isPadded ? (end + 3) & ~3 : end;
        _rest = _rest[Math.Min(next, _rest.Length)..];
        _walked++;
        return true;
    }
}
