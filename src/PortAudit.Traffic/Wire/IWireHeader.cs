namespace PortAudit.Traffic.Wire;

/// <summary>A header, viewed in place, that one generic step can read.</summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
internal interface IWireHeader<TSelf>
    where TSelf : IWireHeader<TSelf>, allows ref struct
{
    /// <summary>True when <paramref name="bytes"/> hold a whole, readable header; false with the error
    /// otherwise.</summary>
    static abstract bool TryParse(ReadOnlySpan<byte> bytes, out TSelf header, out ParseError error);

    /// <summary>Length of this header, in bytes.</summary>
    int HeaderLength { get; }

    /// <summary>The captured bytes after the header.</summary>
    ReadOnlySpan<byte> Payload { get; }
}
