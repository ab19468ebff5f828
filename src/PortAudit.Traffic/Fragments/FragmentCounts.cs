namespace PortAudit.Traffic.Fragments;

/// <summary>What became of fragmented datagrams.</summary>
/// <param name="Reassembled">Datagrams that were put together.</param>
/// <param name="Incomplete">Datagrams of which a fragment is missing.</param>
/// <param name="Overlapping">Datagrams whose fragments overlap or reach beyond any datagram: what they carry is not
/// trusted.</param>
/// <param name="Evicted">Incomplete datagrams that were given up early because the table was full.</param>
/// <param name="Unplaced">Frames whose conversation is not known because the fragment with the ports never came; no
/// flow counts them.</param>
public sealed record FragmentCounts(long Reassembled, long Incomplete, long Overlapping, long Evicted, long Unplaced)
{
    /// <summary>No fragment.</summary>
    public static readonly FragmentCounts None = new(0, 0, 0, 0, 0);
}
