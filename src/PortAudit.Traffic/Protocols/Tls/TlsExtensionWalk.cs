using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Enumerates the extensions of a hello.</summary>
internal ref struct TlsExtensionWalk
{
    private const int HeaderLength = 4;

    private ReadOnlySpan<byte> _rest;
    private int _walked;

    public TlsExtensionWalk(ReadOnlySpan<byte> extensions) => _rest = extensions;

    public TlsExtension Current { get; private set; }

    /// <summary>True after the last extension; false at a cut one or beyond the limit.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Moves to the next extension. False at the end, at a cut one, and after
    /// <see cref="TlsExtensions.MaximumExtensions"/>.</summary>
    public bool MoveNext()
    {
        if (_walked++ == TlsExtensions.MaximumExtensions || _rest.Length < HeaderLength)
            return false;
        var header = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        var (type, length) = ((ushort)(header >> 16), (ushort)header);
        if (_rest.Length < HeaderLength + length)
            return false;
        Current = new TlsExtension(type, _rest.Slice(HeaderLength, length));
        _rest = _rest[(HeaderLength + length)..];
        return true;
    }
}
