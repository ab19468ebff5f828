namespace PortAudit.Traffic.Wire;

/// <summary>A header, viewed in place, behind which the next layer begins: so much that one generic step reads any of
/// them.</summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
internal interface IWireHeader<TSelf>
    where TSelf : IWireHeader<TSelf>, allows ref struct
{
    /// <summary>True when <paramref name="bytes"/> hold a whole header that can be read; false with the error when
    /// not.</summary>
    static abstract bool TryParse(ReadOnlySpan<byte> bytes, out TSelf header, out ParseError error);

    /// <summary>Length of this header, in bytes.</summary>
    int HeaderLength { get; }

    /// <summary>What follows the header as far as it was captured.</summary>
    ReadOnlySpan<byte> Payload { get; }
}
