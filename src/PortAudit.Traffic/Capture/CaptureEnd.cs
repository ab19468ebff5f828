namespace PortAudit.Traffic.Capture;

/// <summary>Why reading stopped.</summary>
public enum CaptureEndKind
{
    /// <summary>The file ended after a record or block.</summary>
    Complete,

    /// <summary>The file ended inside a record or block, or its compressed data is cut: everything before is
    /// valid.</summary>
    Cut,

    /// <summary>A record, block or compressed data is malformed, and nothing after it can be trusted.</summary>
    Damaged,

    /// <summary>I/O error.</summary>
    Unreadable,

    /// <summary>The user stopped the reading.</summary>
    Stopped,
}

/// <summary>How reading of a capture ended.</summary>
/// <param name="Kind">Kind of the end.</param>
/// <param name="Offset">Byte offset of the record or block where reading stopped; the input's length when complete.
/// Offsets in compressed input count uncompressed bytes.</param>
/// <param name="Reason">What was wrong, in one sentence without the path; empty when complete.</param>
public sealed record CaptureEnd(CaptureEndKind Kind, long Offset, string Reason)
{
    /// <summary>True when the whole capture was read.</summary>
    public bool IsComplete => Kind == CaptureEndKind.Complete;
}

/// <summary>A damaged range of a capture that was skipped.</summary>
/// <param name="Offset">Byte offset of the malformed record or block, uncompressed.</param>
/// <param name="Length">Bytes skipped from there; 0 when the format gives the next record's offset.</param>
/// <param name="Reason">What was wrong, in one sentence without the path.</param>
public sealed record CaptureDamage(long Offset, long Length, string Reason);

/// <summary>An outage of a live interface: its traffic meanwhile is in no packet and no counter.</summary>
/// <param name="Interface">Index into the interfaces of the capture.</param>
/// <param name="Name">Name of the interface; null without one.</param>
/// <param name="FromNs">When the interface was found missing, in nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">When capturing resumed; null when it did not.</param>
/// <param name="Reason">What was wrong, a clause without the interface's name; may contain the system's text.</param>
public sealed record CaptureOutage(int Interface, string? Name, long FromNs, long? ToNs, string Reason);
