namespace PortAudit.Reports.Rows;

/// <summary>Where a sorted run stands in a <see cref="SpillFile"/>.</summary>
/// <param name="Begin">Place of its first byte.</param>
/// <param name="End">Place behind its last byte.</param>
internal readonly record struct SpillRun(long Begin, long End)
{
    /// <summary>Bytes before each row: start, identifier and length, little-endian.</summary>
    public const int HeadBytes = 8 + 8 + 4;
}
