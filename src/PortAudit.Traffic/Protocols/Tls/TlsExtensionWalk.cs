using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A walk over the extensions of a hello with <c>foreach</c>.</summary>
internal ref struct TlsExtensionWalk
{
    private const int HeaderLength = 4;

    private ReadOnlySpan<byte> _rest;
    private int _walked;

    /// <summary>Starts before the first extension.</summary>
    public TlsExtensionWalk(ReadOnlySpan<byte> extensions) => _rest = extensions;

    /// <summary>The extension that the walk is at.</summary>
    public TlsExtension Current { get; private set; }

    /// <summary>True when nothing is left: behind the last extension, and not at one that is cut or beyond the
    /// bound.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Goes to the next extension. False at the end, at one that is cut, and behind
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
