using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>The rules of a firewall beside documents and traffic.</summary>
public sealed record PolicyReport
{
    /// <summary>Name of the firewall.</summary>
    public required string Name { get; init; }

    /// <summary>Its rules.</summary>
    public required Policy Policy { get; init; }

    /// <summary>Where it stands, in words.</summary>
    public required string Where { get; init; }

    /// <summary>When captures watched.</summary>
    public required WatchedDays Days { get; init; }

    /// <summary>Connections that met it.</summary>
    public required long Connections { get; init; }

    /// <summary>Those of them of which the rules do not decide for sure.</summary>
    public required long Undecided { get; init; }

    /// <summary>Connections that met it and are not compared, as nothing proves who opened them.</summary>
    public required long Undirected { get; init; }

    /// <summary>True when there were more contradictions between traffic and rules than findings tell apart.</summary>
    public bool HasMoreConflicts { get; init; }

    /// <summary>A row for each rule, in the order of the lists.</summary>
    public required ImmutableArray<PolicyRuleRow> Rules { get; init; }

    /// <summary>What documents and site ask for and would have to pass it, in the order of the rules.</summary>
    public required ImmutableArray<RequirementRow> Requirements { get; init; }
}
