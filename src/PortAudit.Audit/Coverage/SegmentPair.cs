namespace PortAudit.Audit.Coverage;

/// <summary>What passed between two segments of the site.</summary>
/// <param name="From">Segment of the originators; <see cref="None"/> for addresses that no segment holds.</param>
/// <param name="To">Segment of the responders, likewise.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Bytes">Sum of original frame lengths, both directions.</param>
/// <param name="Words">The five words of segmentation.</param>
public sealed record SegmentPair(string From, string To, long Flows, long Bytes, DispositionCounts Words)
{
    /// <summary>Stands for addresses that no segment holds.</summary>
    public const string None = "(no segment)";
}
