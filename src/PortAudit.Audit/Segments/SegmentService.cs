using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Segments;

/// <summary>A service between two segments.</summary>
/// <param name="Transport">IP protocol.</param>
/// <param name="Ports">Port of the responders, or 49152-65535 for all dynamic ones; empty without ports, and for
/// attempts.</param>
/// <param name="Name">Protocol and service, as <see cref="RolePair.Services"/> names them; null when not known.</param>
/// <param name="IsAttempts">True for all attempts of this transport that no rule covers, that nothing passed of, and
/// whose bytes tell nothing: a scan of ports is one row.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Bytes">Sum of original frame lengths, both directions.</param>
/// <param name="Words">The five words of segmentation.</param>
/// <param name="Originators">Hosts that opened them, the first by address.</param>
/// <param name="HasMoreOriginators">True when there were more.</param>
/// <param name="Responders">Hosts that were asked, the first by address.</param>
/// <param name="HasMoreResponders">True when there were more.</param>
/// <param name="FirstNs">Start of the first, in nanoseconds since the Unix epoch.</param>
/// <param name="LastNs">End of the last.</param>
/// <param name="Rules">Rules, and conduits of the site, that were shown for the flows, by id; at most
/// ten.</param>
public sealed record SegmentService(IpProtocol Transport, string Ports, string? Name, bool IsAttempts, long Flows,
    long Bytes, DispositionCounts Words, ImmutableArray<FindingHost> Originators, bool HasMoreOriginators,
    ImmutableArray<FindingHost> Responders, bool HasMoreResponders, long FirstNs, long LastNs,
    ImmutableArray<string> Rules)
{
    /// <summary>Transport and ports: <c>tcp 443</c>.</summary>
    public string Socket => Ports.Length == 0 ? Transport.ToString() : $"{Transport} {Ports}";
}
