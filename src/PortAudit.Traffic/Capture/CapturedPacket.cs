namespace PortAudit.Traffic.Capture;

/// <summary>One captured frame, viewed in the reader's buffer. Valid until the next call to its source's
/// <see cref="ICaptureSource.TryRead"/>.</summary>
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

    /// <summary>Frame number within its file, from 1: Wireshark's <c>frame.number</c>.</summary>
    public long Number { get; }

    /// <summary>Time of capture in nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long TimestampNs { get; }

    /// <summary>Index into <see cref="ICaptureSource.Interfaces"/>.</summary>
    public int InterfaceIndex { get; }

    /// <summary>Link-layer type of <see cref="Bytes"/>.</summary>
    public LinkType LinkType { get; }

    /// <summary>Length on the wire in bytes; may exceed the captured length.</summary>
    public int OriginalLength { get; }

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }
}
