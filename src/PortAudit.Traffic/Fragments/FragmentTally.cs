namespace PortAudit.Traffic.Fragments;

/// <summary>Fragments received before their flow was known.</summary>
/// <param name="Packets">How many.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
/// <param name="PayloadBytes">Sum of their data on the wire in bytes.</param>
/// <param name="FirstNs">Time of the first, in nanoseconds since the Unix epoch.</param>
internal readonly record struct FragmentTally(long Packets, long Bytes, long PayloadBytes, long FirstNs)
{
    /// <summary>The tally with one more.</summary>
    public FragmentTally With(int originalLength, int payloadLength, long timestampNs) =>
        new(Packets + 1, Bytes + originalLength, PayloadBytes + payloadLength, Packets == 0 ? timestampNs : FirstNs);
}
