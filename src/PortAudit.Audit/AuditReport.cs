using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Tls;
using PortAudit.Traffic;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Names;

namespace PortAudit.Audit;

/// <summary>The result of an audit: what every report format writes. Sorted; the same input gives the same report.</summary>
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

    /// <summary>When what happened between these pairs, by names; empty unless the auditor was to note it.</summary>
    public ImmutableArray<RolePairTimeline> Timelines { get; init; } = [];

    /// <summary>Status of every rule for every pair of roles, in the order of the catalogs.</summary>
    public required ImmutableArray<RuleRow> Rules { get; init; }

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

    /// <summary>Warnings of catalog and site, and what went wrong while reading, in words.</summary>
    public required ImmutableArray<string> Diagnostics { get; init; }

    /// <summary>The frame that first announced a service.</summary>
    public Evidence EvidenceOf(DynamicService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        ImmutableArray<long> numbers = [service.Frame.Number];
        return new Evidence("", [new EvidenceFrames(Observation.Captures[service.Frame.Capture].Path, numbers, DisplayFilter.OfFrames(numbers))], 0);
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
public sealed record CatalogUse(string Id, string Title, string Sha256, int Rules, ImmutableArray<SourceDocument> Documents);

/// <summary>What a capture could see.</summary>
/// <param name="WindowStartNs">Earliest packet, in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="WindowEndNs">Latest packet; null without a packet.</param>
/// <param name="TimestampDigits">Decimal digits of a second that the captures resolve.</param>
/// <param name="Packets">Frames read.</param>
/// <param name="Bytes">Sum of original frame lengths.</param>
/// <param name="Flows">Flows found.</param>
/// <param name="OneWayFlows">Flows of which one direction only was seen though the other must have been there.</param>
/// <param name="CutPackets">Frames of which the capture holds less than passed.</param>
/// <param name="RolesSeen">Roles with at least one active host, by name.</param>
/// <param name="RolesSilent">Roles with hosts of which none was active, by name.</param>
/// <param name="SegmentsSeen">Segments with at least one active address, in the order of the site.</param>
/// <param name="Points">Capture points, by name.</param>
/// <param name="CannotSay">What therefore cannot be said, one sentence each.</param>
public sealed record CoverageSummary(
    long? WindowStartNs,
    long? WindowEndNs,
    int TimestampDigits,
    long Packets,
    long Bytes,
    long Flows,
    long OneWayFlows,
    long CutPackets,
    ImmutableArray<string> RolesSeen,
    ImmutableArray<string> RolesSilent,
    ImmutableArray<string> SegmentsSeen,
    ImmutableArray<PointSummary> Points,
    ImmutableArray<string> CannotSay)
{
    /// <summary>What part was seen less than whole, or more than once.</summary>
    public CoverageShares Shares { get; init; } = CoverageShares.None;
}

/// <summary>What passed between two roles.</summary>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Bytes">Sum of original frame lengths, both directions.</param>
/// <param name="Verdicts">Flows by verdict, only those that occurred, in the order of <see cref="Verdict"/>.</param>
/// <param name="Outcomes">Flows by outcome, only those that occurred, in the order of <see cref="Outcome"/>.</param>
/// <param name="Words">The four words of segmentation.</param>
/// <param name="Services">Names of protocols and services seen, in ordinal order; <c>protocol/service</c> where both are known, and a question mark behind a name that nothing but the port says.</param>
public sealed record RolePair(
    string From,
    string To,
    long Flows,
    long Bytes,
    ImmutableArray<KeyValuePair<Verdict, long>> Verdicts,
    ImmutableArray<KeyValuePair<Outcome, long>> Outcomes,
    FourWords Words,
    ImmutableArray<string> Services);

/// <summary>Verdict and outcome crossed into the words that administrators of segmentation know.</summary>
/// <param name="Permitted">Allowed by the rules and passing.</param>
/// <param name="Escaped">Not allowed and passing.</param>
/// <param name="Blocked">Not allowed and stopped.</param>
/// <param name="Misdropped">Allowed and stopped.</param>
public readonly record struct FourWords(long Permitted, long Escaped, long Blocked, long Misdropped);

/// <summary>The status of one rule for one pair of roles.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="From">Originating role of this row.</param>
/// <param name="To">Responding role of this row.</param>
/// <param name="Status">The best that any pair of hosts reached.</param>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="Flows">Flows that exercised or tried it.</param>
/// <param name="FirstSeenNs">Start of the first of them; null without any.</param>
/// <param name="LastSeenNs">End of the last of them; null without any.</param>
/// <param name="Hosts">Pairs of hosts that exercised or tried it, by names.</param>
public sealed record RuleRow(
    Rule Rule,
    string From,
    string To,
    RuleStatus Status,
    string Reason,
    long Flows,
    long? FirstSeenNs,
    long? LastSeenNs,
    ImmutableArray<RuleHosts> Hosts)
{
    /// <summary>Those in the originating role that took no part; nobody while the rule does not apply.</summary>
    public IdleHosts IdleOriginators { get; init; } = IdleHosts.None;

    /// <summary>Those in the responding role to whom nobody opened a flow of the rule.</summary>
    public IdleHosts IdleResponders { get; init; } = IdleHosts.None;
}

/// <summary>What one pair of hosts did under a rule.</summary>
/// <param name="Originator">Name of the originating host, or its address.</param>
/// <param name="Responder">Name of the responding host, or its address.</param>
/// <param name="Status">The best that this pair reached.</param>
/// <param name="Flows">Number of its flows.</param>
public sealed record RuleHosts(string Originator, string Responder, RuleStatus Status, long Flows);

/// <summary>Something for a reader, with its evidence.</summary>
public sealed record Finding
{
    /// <summary>Identifier that is the same in every run over the same cause.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Originating role; empty when it concerns no pair of roles.</summary>
    public required string FromRole { get; init; }

    /// <summary>Responding role; empty when it concerns no pair of roles.</summary>
    public required string ToRole { get; init; }

    /// <summary>Originating hosts: address, and name in parentheses where the site names it; in ordinal order of addresses.</summary>
    public required ImmutableArray<FindingHost> Originators { get; init; }

    /// <summary>Responding hosts.</summary>
    public required ImmutableArray<FindingHost> Responders { get; init; }

    /// <summary>Transport name, several parted by commas; empty when it concerns none.</summary>
    public required string Transport { get; init; }

    /// <summary>Responder ports: a port, a range, or several parted by commas; empty when there are none. Beyond 50 ranges one that holds them all, and the explanation says so.</summary>
    public required string Ports { get; init; }

    /// <summary>Protocol as identified (what was seen), or as the rule asks (what was not); null when unknown.</summary>
    public required string? Protocol { get; init; }

    /// <summary>Verdict of its flows; null for a finding without flows.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>The rule that it concerns; null when none covers the traffic.</summary>
    public required Rule? Rule { get; init; }

    /// <summary>Number of flows.</summary>
    public required long Flows { get; init; }

    /// <summary>Sum of original frame lengths of the flows.</summary>
    public required long Bytes { get; init; }

    /// <summary>Start of the first flow; null without flows.</summary>
    public required long? FirstSeenNs { get; init; }

    /// <summary>End of the last flow; null without flows.</summary>
    public required long? LastSeenNs { get; init; }

    /// <summary>Names of the capture points that saw it, in ordinal order.</summary>
    public required ImmutableArray<string> CapturePoints { get; init; }

    /// <summary>One sentence or two that explain it.</summary>
    public required string Explanation { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>Other rules that need the same flows, in the order of preference; empty without any.</summary>
    public ImmutableArray<Rule> OtherRules { get; init; } = [];

    /// <summary>The published specification or document that it rests on where no rule is concerned; null without one.</summary>
    public string? Reference { get; init; }

    /// <summary>The packets that prove it.</summary>
    public required Evidence Evidence { get; init; }
}

/// <summary>A host in a finding.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Name">Its name in the site; null when it has none.</param>
public sealed record FindingHost(string Address, string? Name);

/// <summary>The packets that prove a finding.</summary>
/// <param name="Filter">Wireshark display filter that selects all packets of the finding's flows; empty without flows.</param>
/// <param name="Frames">Proving frames by capture, in the order of paths, and of captures of one path as the report lists them.</param>
/// <param name="FramesNotListed">Proving frames that were left out for the limits of design §2.</param>
public sealed record Evidence(string Filter, ImmutableArray<EvidenceFrames> Frames, long FramesNotListed)
{
    /// <summary>Evidence of something that did not happen.</summary>
    public static readonly Evidence None = new("", [], 0);
}

/// <summary>Proving frames of one capture file.</summary>
/// <param name="Capture">Path of the file.</param>
/// <param name="Numbers">Frame numbers, ascending.</param>
/// <param name="Filter">Wireshark display filter that selects exactly these frames of the file.</param>
public sealed record EvidenceFrames(string Capture, ImmutableArray<long> Numbers, string Filter);

/// <summary>A host with a role.</summary>
/// <param name="Name">Name in the site; null for an address of a network.</param>
/// <param name="Addresses">Its addresses as text.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Flows">Flows in which it sent a packet.</param>
/// <param name="FirstSeenNs">Start of the first of them; null without any.</param>
/// <param name="LastSeenNs">End of the last of them; null without any.</param>
public sealed record HostRow(
    string? Name, ImmutableArray<string> Addresses, ImmutableArray<string> Roles, long Flows, long? FirstSeenNs, long? LastSeenNs)
{
    /// <summary>Names of its addresses that were seen on the way, by address, best ground first.</summary>
    public ImmutableArray<NameSighting> Names { get; init; } = [];
}

/// <summary>An exception of the site and what used it.</summary>
/// <param name="Exception">The exception.</param>
/// <param name="Flows">Flows it covered, and excused unless it had expired.</param>
/// <param name="Expired">True when it expired before the capture's last packet.</param>
public sealed record ExceptionRow(Site.SiteException Exception, long Flows, bool Expired);
