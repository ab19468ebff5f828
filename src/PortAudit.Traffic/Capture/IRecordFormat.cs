namespace PortAudit.Traffic.Capture;

/// <summary>A capture format of consecutive records, each with a header giving length and time.</summary>
internal interface IRecordFormat
{
    /// <summary>Length of a record's header, in bytes.</summary>
    int RecordHeaderLength { get; }

    /// <summary>Reads a possible header. False when no writer would have written it; stricter than sequential reading,
    /// where a header is expected.</summary>
    /// <param name="header">At least <see cref="RecordHeaderLength"/> bytes.</param>
    /// <param name="recordLength">Length of the record including the header, in bytes.</param>
    /// <param name="timestampNs">Its time in nanoseconds since the Unix epoch.</param>
    bool TryRecogniseRecord(ReadOnlySpan<byte> header, out int recordLength, out long timestampNs);
}
