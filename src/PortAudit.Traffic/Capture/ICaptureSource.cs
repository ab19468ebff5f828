namespace PortAudit.Traffic.Capture;

/// <summary>Hands out the frames of one capture in the order in which it holds them.</summary>
public interface ICaptureSource : IDisposable
{
    /// <summary>The path as the user gave it, or <c>-</c> for standard input.</summary>
    string Path { get; }

    /// <summary>The format in words, for example <c>pcap, microseconds, little-endian</c>.</summary>
    string Format { get; }

    /// <summary>The interfaces described so far. It only grows while the capture is read; an index stays
    /// valid.</summary>
    IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <summary>How reading ended: null until <see cref="TryRead"/> has answered false.</summary>
    CaptureEnd? Ending { get; }

    /// <summary>What the capture has told besides its frames so far, and where it is damaged: a copy, complete when
    /// <see cref="Ending"/> is there.</summary>
    CaptureAnnotations Annotations { get; }

    /// <summary>
    /// Reads the next frame. False at the end, whatever the reason: see <see cref="Ending"/>. It never throws for what
    /// the capture holds, and allocates nothing per frame. The packet's bytes are valid until the next call.
    /// </summary>
    bool TryRead(out CapturedPacket packet);

    /// <summary>The packet that <see cref="TryRead"/> handed out last; meaningless before the first and after the
    /// last.</summary>
    CapturedPacket Current { get; }
}
