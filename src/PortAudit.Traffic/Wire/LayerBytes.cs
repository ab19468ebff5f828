namespace PortAudit.Traffic.Wire;

/// <summary>The captured bytes of one layer, their offset in the frame, and their number on the wire.</summary>
internal readonly ref struct LayerBytes
{
    public LayerBytes(ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        Bytes = bytes;
        Offset = offset;
        WireLength = wireLength;
    }

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Offset of the first byte in the frame.</summary>
    public int Offset { get; }

    /// <summary>Bytes on the wire: limited by the frame's original length.</summary>
    public int WireLength { get; }

    /// <summary>The layer inside this one.</summary>
    /// <param name="payload">Its captured bytes: the part of <see cref="Bytes"/> after the header.</param>
    /// <param name="headerLength">Length of this layer's header, in bytes.</param>
    /// <param name="announced">Its length according to this layer's header.</param>
    public LayerBytes Inner(ReadOnlySpan<byte> payload, int headerLength, int announced = int.MaxValue) =>
        new(payload, Offset + headerLength, Math.Min(WireLength - headerLength, announced));

    /// <summary>This layer without a trailer, such as a frame check sequence.</summary>
    public LayerBytes WithoutTrailer(int length)
    {
        var wireLength = Math.Max(0, WireLength - length);
        return new LayerBytes(Bytes[..Math.Min(Bytes.Length, wireLength)], Offset, wireLength);
    }

    /// <summary>Translates a view's error, now that it is known whether all bytes were captured.</summary>
    public DecodeReason Explain(ParseError error) =>
        error == ParseError.None ? DecodeReason.Done : ExplainRefusal(error);

    private DecodeReason ExplainRefusal(ParseError error) => error switch
    {
        ParseError.Incomplete => Bytes.Length < WireLength ? DecodeReason.CutByCapture : DecodeReason.HeaderLies,
        ParseError.BadLength => DecodeReason.BadLength,
        ParseError.BadVersion => DecodeReason.BadVersion,
        ParseError.BadValue or ParseError.None => DecodeReason.BadValue,
    };
}
