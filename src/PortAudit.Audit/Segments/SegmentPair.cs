using System.Collections.Immutable;
using PortAudit.Audit.Coverage;

namespace PortAudit.Audit.Segments;

/// <summary>What passed between two segments.</summary>
/// <param name="From">Segment of the originators, as <see cref="Site.HostIdentity.ShownSegment"/> names it.</param>
/// <param name="To">Segment of the responders.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Bytes">Sum of original frame lengths, both directions.</param>
/// <param name="Words">The five words of segmentation.</param>
/// <param name="Services">What the flows were, by transport, port and name.</param>
/// <param name="HasMoreServices">True when there were more services than are kept; their flows are counted
/// above.</param>
public sealed record SegmentPair(string From, string To, long Flows, long Bytes, DispositionCounts Words,
    ImmutableArray<SegmentService> Services, bool HasMoreServices);
