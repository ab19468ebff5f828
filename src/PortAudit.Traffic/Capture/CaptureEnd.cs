namespace PortAudit.Traffic.Capture;

/// <summary>Why a reader stopped handing out frames.</summary>
public enum CaptureEndKind
{
    /// <summary>The file ended where a record or block ends.</summary>
    Complete,

    /// <summary>The file ended inside a record or block, or its compression is cut: what came before is good.</summary>
    Cut,

    /// <summary>A record or block contradicts the format, or the file its compression, and nothing after it can be
    /// trusted.</summary>
    Damaged,

    /// <summary>The operating system refused to read on.</summary>
    Unreadable,

    /// <summary>The user stopped the reading.</summary>
    Stopped,
}

/// <summary>How the reading of a capture ended.</summary>
/// <param name="Kind">Whether all of it was read.</param>
/// <param name="Offset">Byte offset of the record or block at which reading stopped; the length of the input when
/// complete. For compressed input both count uncompressed bytes.</param>
/// <param name="Reason">What was wrong, one sentence without the path; empty when complete.</param>
public sealed record CaptureEnd(CaptureEndKind Kind, long Offset, string Reason)
{
    /// <summary>True when everything in the capture was read.</summary>
    public bool IsComplete => Kind == CaptureEndKind.Complete;
}

/// <summary>A damaged place of a capture behind which reading went on.</summary>
/// <param name="Offset">Byte offset of the record or block that contradicts the format. For compressed input it counts
/// uncompressed bytes.</param>
/// <param name="Length">Bytes from there on that were skipped; 0 when the format names the next record
/// elsewhere.</param>
/// <param name="Reason">What was wrong, one sentence without the path.</param>
public sealed record CaptureDamage(long Offset, long Length, string Reason);

/// <summary>A time in which an interface of a live capture was away: what passed there meanwhile is in no packet and no
/// counter.</summary>
/// <param name="Interface">Index into the interfaces of the capture.</param>
/// <param name="Name">Name of the interface; null where it has none.</param>
/// <param name="FromNs">When it was missed, in nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">When it was captured again; null when it was not until the capture ended.</param>
/// <param name="Reason">What was wrong, a clause without the interface's name; it may hold the system's text.</param>
public sealed record CaptureOutage(int Interface, string? Name, long FromNs, long? ToNs, string Reason);
