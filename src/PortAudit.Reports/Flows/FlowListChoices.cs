using System.Collections.Immutable;
using PortAudit.Audit.Site;

namespace PortAudit.Reports.Flows;

/// <summary>What the user chose of how flows are listed.</summary>
public sealed record FlowListChoices
{
    /// <summary>Nothing: all columns of the format, by start.</summary>
    public static readonly FlowListChoices Default = new();

    /// <summary>The columns in their order; empty for those of the format.</summary>
    public ImmutableArray<FlowColumn> Columns { get; init; } = [];

    /// <summary>The column to sort by; null for the start.</summary>
    public FlowColumn? SortBy { get; init; }

    /// <summary>True to sort with the greatest first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Flows listed at most, the first of the order; null for all.</summary>
    public int? Top { get; init; }

    /// <summary>The site, for columns that need it; null for none.</summary>
    public SiteFile? Site { get; init; }

    /// <summary>True to colour the table. No meaning rests on it.</summary>
    public bool Color { get; init; }

    /// <summary>What a table says that has no flow.</summary>
    public Func<string> EmptyText { get; init; } = () => "No flows: the captures contain no conversation.";
}
