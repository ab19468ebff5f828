namespace PortAudit.Traffic.Wire;

/// <summary>The bytes of one layer of a frame: as far as they were captured, where they are, and how many there were on
/// the wire.</summary>
internal readonly ref struct LayerBytes
{
    /// <summary>Makes the bytes of a layer.</summary>
    /// <param name="bytes">As far as they were captured.</param>
    /// <param name="offset">Offset of the first in the frame.</param>
    /// <param name="wireLength">How many there were on the wire: at least as many as were captured.</param>
    public LayerBytes(ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        Bytes = bytes;
        Offset = offset;
        WireLength = wireLength;
    }

    /// <summary>As far as they were captured.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Offset of the first in the frame, in bytes.</summary>
    public int Offset { get; }

    /// <summary>How many there were on the wire: no more than the frame's original length leaves.</summary>
    public int WireLength { get; }

    /// <summary>The layer inside this one.</summary>
    /// <param name="payload">Its bytes as far as they were captured: a part of <see cref="Bytes"/> that begins behind
    /// the header.</param>
    /// <param name="headerLength">Length of this layer's header, in bytes.</param>
    /// <param name="announced">Its length as this layer's header says.</param>
    public LayerBytes Inner(ReadOnlySpan<byte> payload, int headerLength, int announced = int.MaxValue) =>
        new(payload, Offset + headerLength, Math.Min(WireLength - headerLength, announced));

    /// <summary>This layer without so many bytes at its end that are not of it, such as a frame check
    /// sequence.</summary>
    public LayerBytes WithoutTrailer(int length)
    {
        var wireLength = Math.Max(0, WireLength - length);
        return new LayerBytes(Bytes[..Math.Min(Bytes.Length, wireLength)], Offset, wireLength);
    }

    /// <summary>What a view's refusal of these bytes means, now that it is known whether all of them were
    /// captured.</summary>
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
