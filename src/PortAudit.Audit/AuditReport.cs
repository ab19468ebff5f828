using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Passages;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Tls;
using PortAudit.Audit.Trends;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit;

/// <summary>The result of an audit: what every report format writes. Sorted; the same input gives the same
/// report.</summary>
public sealed record AuditReport
{
    /// <summary>Name of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Path of the site file.</summary>
    public required string SiteFile { get; init; }

    /// <summary>SHA-256 of the site file.</summary>
    public required string SiteSha256 { get; init; }

    /// <summary>Catalogs used, in the order of the site.</summary>
    public required ImmutableArray<CatalogUse> Catalogs { get; init; }

    /// <summary>The roles of these catalogs.</summary>
    public RoleTree Roles { get; init; } = RoleTree.None;

    /// <summary>What was read.</summary>
    public required ObservationSummary Observation { get; init; }

    /// <summary>What the capture could see.</summary>
    public required CoverageSummary Coverage { get; init; }

    /// <summary>Pairs of roles that talked, by names.</summary>
    public required ImmutableArray<RolePair> RolePairs { get; init; }

    /// <summary>What the devices between capture points did; empty unless two points recorded the same connections and
    /// flows were traced.</summary>
    public ImmutableArray<PassageReport> Passages { get; init; } = [];

    /// <summary>The rules of firewalls beside documents and traffic, in the order in which they were named.</summary>
    public ImmutableArray<PolicyReport> Policies { get; init; } = [];

    /// <summary>When captures watched, for the rules of firewalls; null without a firewall.</summary>
    public WatchedDays? Watched => Policies.IsEmpty ? null : Policies[0].Days;

    /// <summary>When what happened between these pairs, by names; empty unless the auditor was to note it.</summary>
    public ImmutableArray<RolePairTimeline> Timelines { get; init; } = [];

    /// <summary>Pairs of segments that talked, by names.</summary>
    public ImmutableArray<SegmentPair> SegmentPairs { get; init; } = [];

    /// <summary>What passed between them by day or week; null unless the auditor was to count it.</summary>
    public TrafficTrend? Trend { get; init; }

    /// <summary>Status of every rule for every pair of roles, in the order of the catalogs.</summary>
    public required ImmutableArray<RuleRow> Rules { get; init; }

    /// <summary>The rules that a firewall between the segments would need; null in a report that no audit
    /// made.</summary>
    public FirewallProposal? Proposal { get; init; }

    /// <summary>Findings, gravest first.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Hosts that were seen and have a role, and all hosts of the site, by name and address.</summary>
    public required ImmutableArray<HostRow> Hosts { get; init; }

    /// <summary>Names that were seen on the way, of all addresses.</summary>
    public SeenNames Names { get; init; } = SeenNames.None;

    /// <summary>What TLS handshakes showed, by server and port; at most 1,000 services.</summary>
    public ImmutableArray<TlsServiceRow> TlsServices { get; init; } = [];

    /// <summary>True when there were more TLS services than are listed.</summary>
    public bool HasMoreTlsServices { get; init; }

    /// <summary>How far flows on announced ports are explained, by roles and rule.</summary>
    public ImmutableArray<DynamicPortRow> DynamicPorts { get; init; } = [];

    /// <summary>The site's exceptions and what used them, in the order of the site.</summary>
    public required ImmutableArray<ExceptionRow> Exceptions { get; init; }

    /// <summary>Number of flows that got a verdict.</summary>
    public required long FlowsJudged { get; init; }

    /// <summary>The part of the captures that the audit was limited to; null for all of them.</summary>
    public CaptureSelection? Selection { get; init; }

    /// <summary>Why nothing was judged; null when something was.</summary>
    public NotJudged? NotJudged { get; init; }

    /// <summary>The site, where none was given and one was proposed; null otherwise.</summary>
    public ProposedSite? ProposedSite { get; init; }

    /// <summary>Who used which service of whom, for a baseline; null unless the auditor was to learn it.</summary>
    public LearnedTraffic? Learned { get; init; }

    /// <summary>What a baseline does not know; null without one.</summary>
    public TrafficNews? News { get; init; }

    /// <summary>What a model of behaviour took flows for; null without one.</summary>
    public BehaviourReport? Behaviour { get; init; }

    /// <summary>Warnings of catalog and site, and what went wrong while reading, in words.</summary>
    public required ImmutableArray<string> Diagnostics { get; init; }

    /// <summary>The frame that first announced a service.</summary>
    public Evidence EvidenceOf(DynamicService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        ImmutableArray<long> numbers = [service.Frame.Number];
        return new Evidence("", [new EvidenceFrames(Observation.Captures[service.Frame.Capture].Path, numbers,
            DisplayFilter.OfFrames(numbers))], 0);
    }

    /// <summary>True when a capture could not be read to its end.</summary>
    public bool IsPartial => Observation.Captures.Any(capture => !capture.IsWhole);
}

/// <summary>A catalog that an audit used.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Product.</param>
/// <param name="Sha256">SHA-256 of the catalog file.</param>
/// <param name="Rules">Number of its rules.</param>
/// <param name="Documents">Documents that its rules cite.</param>
public sealed record CatalogUse(string Id, string Title, string Sha256, int Rules,
    ImmutableArray<SourceDocument> Documents)
{
    internal static CatalogUse Of(CatalogFile file, CatalogSet catalogs) =>
        new(file.Id, file.Title, file.Sha256, file.Rules.Length, catalogs.CitedBy(file));
}
