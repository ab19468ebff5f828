namespace PortAudit.Traffic.Capture;

/// <summary>A frame of a capture, as Wireshark counts it.</summary>
/// <param name="Capture">Index of the capture file among those of the run.</param>
/// <param name="Number">Frame number within the file, the first is 1.</param>
public readonly record struct FrameReference(int Capture, long Number) : IComparable<FrameReference>
{
    /// <summary>Frames listed of a flow.</summary>
    public const int MaximumPerFlow = 20;

    /// <inheritdoc />
    public int CompareTo(FrameReference other) =>
        Capture != other.Capture ? Capture.CompareTo(other.Capture) : Number.CompareTo(other.Number);
}
