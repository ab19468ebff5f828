namespace PortAudit.Traffic.Fragments;

/// <summary>Counts of fragmented datagrams.</summary>
/// <param name="Reassembled">Datagrams reassembled.</param>
/// <param name="Incomplete">Datagrams with missing fragments.</param>
/// <param name="Overlapping">Datagrams with overlapping or oversized fragments: their content is not used.</param>
/// <param name="Evicted">Incomplete datagrams dropped early because the table was full.</param>
/// <param name="Unassigned">Frames of unknown conversation, because the fragment with the ports never came; in no
/// flow.</param>
public sealed record FragmentCounts(long Reassembled, long Incomplete, long Overlapping, long Evicted, long Unassigned)
{
    /// <summary>All zero.</summary>
    public static readonly FragmentCounts None = new(0, 0, 0, 0, 0);
}
