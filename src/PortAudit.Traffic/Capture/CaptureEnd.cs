namespace PortAudit.Traffic.Capture;

/// <summary>Why a reader stopped handing out frames.</summary>
public enum CaptureEndKind
{
    /// <summary>The file ended where a record or block ends.</summary>
    Complete,

    /// <summary>The file ended inside a record or block, or its compression is cut: what came before is good.</summary>
    Cut,

    /// <summary>A record or block contradicts the format, or the file its compression, and nothing after it can be trusted.</summary>
    Damaged,

    /// <summary>The operating system refused to read on.</summary>
    Unreadable,

    /// <summary>The user stopped the reading.</summary>
    Stopped,
}

/// <summary>How the reading of a capture ended.</summary>
/// <param name="Kind">Whether all of it was read.</param>
/// <param name="Offset">Byte offset of the record or block at which reading stopped; the length of the input when complete. For compressed input both count uncompressed bytes.</param>
/// <param name="Reason">What was wrong, one sentence without the path; empty when complete.</param>
public sealed record CaptureEnd(CaptureEndKind Kind, long Offset, string Reason)
{
    /// <summary>True when everything in the capture was read.</summary>
    public bool IsComplete => Kind == CaptureEndKind.Complete;
}
