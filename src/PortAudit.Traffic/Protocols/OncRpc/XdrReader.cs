using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>Reads values in External Data Representation (RFC 4506).</summary>
internal ref struct XdrReader
{
    private const int UnitLength = 4;

    private ReadOnlySpan<byte> _rest;

    public XdrReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Reads an unsigned integer (§4.2); false when missing.</summary>
    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (_rest.Length < UnitLength)
            return false;
        value = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[UnitLength..];
        return true;
    }

    /// <summary>Reads a string or variable-length opaque data (§4.10, §4.11); false when incomplete.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadUInt32(out var length) || length > (uint)_rest.Length)
            return false;
        bytes = _rest[..(int)length];
        var padded = ((int)length + UnitLength - 1) / UnitLength * UnitLength;
        _rest = _rest[Math.Min(_rest.Length, padded)..];
        return true;
    }
}
