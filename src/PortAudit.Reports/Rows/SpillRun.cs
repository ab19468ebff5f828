namespace PortAudit.Reports.Rows;

/// <summary>Position of a sorted run in a <see cref="SpillFile"/>.</summary>
/// <param name="Begin">Offset of its first byte.</param>
/// <param name="End">Offset after its last byte.</param>
internal readonly record struct SpillRun(long Begin, long End)
{
    /// <summary>Bytes before each row: start, identifier and length, little-endian.</summary>
    public const int HeadBytes = 8 + 8 + 4;
}
