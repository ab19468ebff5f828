namespace PortAudit.Traffic.Capture;

/// <summary>Reads the frames of one capture in order.</summary>
public interface ICaptureSource : IDisposable
{
    /// <summary>The path as the user gave it, or <c>-</c> for standard input.</summary>
    string Path { get; }

    /// <summary>Name of the format, for example <c>pcap, microseconds, little-endian</c>.</summary>
    string Format { get; }

    /// <summary>The interfaces described so far. Only grows; indexes stay valid.</summary>
    IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <summary>How reading ended; null until <see cref="TryRead"/> has returned false.</summary>
    CaptureEnd? Ending { get; }

    /// <summary>A copy of the annotations so far; complete when <see cref="Ending"/> is set.</summary>
    CaptureAnnotations Annotations { get; }

    /// <summary>Reads the next frame. False at the end, for any reason: see <see cref="Ending"/>. Never throws because
    /// of the content, and allocates nothing per frame. The packet's bytes are valid until the next call.</summary>
    bool TryRead(out CapturedPacket packet);

    /// <summary>The last packet from <see cref="TryRead"/>; undefined before the first and after the last.</summary>
    CapturedPacket Current { get; }
}
