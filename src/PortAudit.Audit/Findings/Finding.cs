using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Something for a reader, with its evidence.</summary>
public sealed record Finding
{
    /// <summary>Hosts of a side listed at most.</summary>
    public const int MaximumHosts = FlowGroup.MaximumHosts;

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

    /// <summary>Originating hosts: address, and name in parentheses where the site names it; in ordinal order of
    /// addresses.</summary>
    public required ImmutableArray<FindingHost> Originators { get; init; }

    /// <summary>Responding hosts.</summary>
    public required ImmutableArray<FindingHost> Responders { get; init; }

    /// <summary>Transport name, several separated by commas; empty when it concerns none.</summary>
    public required string Transport { get; init; }

    /// <summary>Responder ports: a port, a range, or several separated by commas; empty when there are none. Beyond 50
    /// ranges one that holds them all, and the explanation says so.</summary>
    public required string Ports { get; init; }

    /// <summary>Protocol as identified (what was seen), or as the rule asks (what was not); several separated by
    /// commas; null when unknown.</summary>
    public required string? Protocol { get; init; }

    /// <summary>Verdict of its flows; null for a finding without flows.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>The rule that it concerns; null when none covers the traffic.</summary>
    public required Rule? Rule { get; init; }

    /// <summary>Number of flows.</summary>
    public required long Flows { get; init; }

    /// <summary>Those of them that reached the responder.</summary>
    public long Arrivals { get; init; }

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

    /// <summary>Other rules that need the same flows, in the order of preference; empty if none.</summary>
    public ImmutableArray<Rule> OtherRules { get; init; } = [];

    /// <summary>The published specification or document that it rests on where no rule is concerned; null if
    /// none.</summary>
    public string? Reference { get; init; }

    /// <summary>The weakest basis on which the originator of one of its flows rests; null for a finding without
    /// flows.</summary>
    public DirectionBasis? DirectionBasis { get; init; }

    /// <summary>The packets that prove it.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Why it has its severity, a clause; empty where its kind says that.</summary>
    public string SeverityClause { get; init; } = "";
}

/// <summary>A host in a finding.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Name">Its name in the site; null when it has none.</param>
public sealed record FindingHost(string Address, string? Name);
