namespace PortAudit.Traffic.Capture;

/// <summary>
/// One frame as a capture holds it, viewed in the reader's buffer. It lives until the next call to
/// <see cref="ICaptureSource.TryRead"/> of the source that handed it out.
/// </summary>
public readonly ref struct CapturedPacket
{
    /// <summary>Makes the view of one frame.</summary>
    public CapturedPacket(long number, long timestampNs, int interfaceIndex, LinkType linkType, int originalLength,
        ReadOnlySpan<byte> bytes)
    {
        Number = number;
        TimestampNs = timestampNs;
        InterfaceIndex = interfaceIndex;
        LinkType = linkType;
        OriginalLength = originalLength;
        Bytes = bytes;
    }

    /// <summary>Frame number within its file, the first is 1: Wireshark's <c>frame.number</c>.</summary>
    public long Number { get; }

    /// <summary>Time of capture in nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long TimestampNs { get; }

    /// <summary>Index into <see cref="ICaptureSource.Interfaces"/>.</summary>
    public int InterfaceIndex { get; }

    /// <summary>Link-layer type of <see cref="Bytes"/>.</summary>
    public LinkType LinkType { get; }

    /// <summary>Original length: the frame's length on the wire in bytes, which may exceed the captured
    /// length.</summary>
    public int OriginalLength { get; }

    /// <summary>The frame as far as it was captured.</summary>
    public ReadOnlySpan<byte> Bytes { get; }
}
