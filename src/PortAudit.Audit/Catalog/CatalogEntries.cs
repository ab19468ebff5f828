using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>A role that hosts play.</summary>
/// <param name="Id">Identifier that rules and sites name.</param>
/// <param name="Title">Name for a reader.</param>
/// <param name="Aliases">Names in the documents.</param>
/// <param name="IsA">Parent role: a host of this role also matches the parent's rules; null if none.</param>
/// <param name="PartOf">Role of which this is a part, for reporting only; null if none.</param>
public sealed record Role(string Id, string Title, ImmutableArray<string> Aliases, string? IsA, string? PartOf)
{
    /// <summary>Where the documents speak of it; null when it only names what rules are about.</summary>
    public SourceReference? Source { get; init; }

    /// <summary>Note on how the document was read, or null.</summary>
    public string? Note { get; init; }
}

/// <summary>A switch that a site sets.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">What is the case when it is on.</param>
/// <param name="Default">Its value when the site says nothing.</param>
/// <param name="Source">Where the documents speak of it.</param>
public sealed record Condition(string Id, string Title, bool Default, SourceReference Source)
{
    /// <summary>Note on how the document was read, or null.</summary>
    public string? Note { get; init; }
}

/// <summary>A set of ports that a site may configure.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">What the ports are for.</param>
/// <param name="Default">Its value when the site says nothing; empty when there is none.</param>
/// <param name="Source">Where the documents speak of it.</param>
public sealed record Parameter(string Id, string Title, ImmutableArray<PortRange> Default, SourceReference Source)
{
    /// <summary>Note on how the document was read, or null.</summary>
    public string? Note { get; init; }
}

/// <summary>When a rule applies.</summary>
/// <param name="Conditions">Condition identifiers; empty means always.</param>
/// <param name="AnyOf">True when one of them suffices, false when all are needed.</param>
public sealed record Applicability(ImmutableArray<string> Conditions, bool AnyOf)
{
    /// <summary>Applies always.</summary>
    public static readonly Applicability Always = new([], false);

    /// <summary>True when the rule applies under these switches.</summary>
    public bool IsMet(Func<string, bool> isOn) =>
        Conditions.IsEmpty || (AnyOf ? Conditions.Any(isOn) : Conditions.All(isOn));
}
