namespace PortAudit.Traffic.Capture;

/// <summary>A frame of a capture, numbered as in Wireshark.</summary>
/// <param name="Capture">Index of the capture in the run.</param>
/// <param name="Number">Frame number within the file, from 1.</param>
public readonly record struct FrameReference(int Capture, long Number) : IComparable<FrameReference>
{
    /// <summary>Frames listed per flow.</summary>
    public const int MaximumPerFlow = 20;

    /// <inheritdoc />
    public int CompareTo(FrameReference other) =>
        Capture != other.Capture ? Capture.CompareTo(other.Capture) : Number.CompareTo(other.Number);
}
