namespace PortAudit.Reports.Rows;

/// <summary>What a row is sorted by: by start, then by identifier, so that the same packets give the same
/// list.</summary>
/// <param name="StartNs">Start of the row's flow, in nanoseconds since the Unix epoch.</param>
/// <param name="Id">Number of the row's flow.</param>
internal readonly record struct RowKey(long StartNs, ulong Id) : IComparable<RowKey>
{
    public int CompareTo(RowKey other) =>
        StartNs != other.StartNs ? StartNs.CompareTo(other.StartNs) : Id.CompareTo(other.Id);
}
