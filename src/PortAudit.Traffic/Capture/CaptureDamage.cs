namespace PortAudit.Traffic.Capture;

/// <summary>A damaged place of a capture behind which reading went on.</summary>
/// <param name="Offset">Byte offset of the record or block that contradicts the format. For compressed input it counts uncompressed bytes.</param>
/// <param name="Length">Bytes from there on that were skipped; 0 when the format names the next record elsewhere.</param>
/// <param name="Reason">What was wrong, one sentence without the path.</param>
public sealed record CaptureDamage(long Offset, long Length, string Reason);
