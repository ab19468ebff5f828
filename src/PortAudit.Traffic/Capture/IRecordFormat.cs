namespace PortAudit.Traffic.Capture;

/// <summary>A capture format that is a plain sequence of records, each with a header that tells its length and
/// time.</summary>
internal interface IRecordFormat
{
    /// <summary>Length of a record's header, in bytes.</summary>
    int RecordHeaderLength { get; }

    /// <summary>
    /// Reads a header that may be no header at all. False when no writer would have written it; stricter than reading
    /// in sequence, for which the place of the header speaks already.
    /// </summary>
    /// <param name="header">At least <see cref="RecordHeaderLength"/> bytes.</param>
    /// <param name="recordLength">Length of the record with its header, in bytes.</param>
    /// <param name="timestampNs">Its time in nanoseconds since the Unix epoch.</param>
    bool TryRecogniseRecord(ReadOnlySpan<byte> header, out int recordLength, out long timestampNs);
}
