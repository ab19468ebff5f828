using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Catalog;

/// <summary>One entry of a catalog, of whatever kind, as reports write it. What a kind does not have is
/// empty.</summary>
public sealed record CatalogRow
{
    /// <summary>Kind of the entry.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Identifier of the catalog.</summary>
    public required string Catalog { get; init; }

    /// <summary>Title, or the text of an entry that has none.</summary>
    public required string Title { get; init; }

    /// <summary>Originating roles; the first role of a caution; what depends, of a dependency.</summary>
    public ImmutableArray<string> From { get; init; } = [];

    /// <summary>Responding roles; the second role of a caution; what is depended on, of a dependency.</summary>
    public ImmutableArray<string> To { get; init; } = [];

    /// <summary>Transports of a rule.</summary>
    public ImmutableArray<string> Transports { get; init; } = [];

    /// <summary>Responder ports; of a rule on a parameter those of its value, of a parameter its default.</summary>
    public ImmutableArray<PortRange> Ports { get; init; } = [];

    /// <summary>Parameter that gives the ports.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>Registry names of the protocol.</summary>
    public ImmutableArray<string> Protocols { get; init; } = [];

    /// <summary>Transport security of a rule, as files write it.</summary>
    public string Security { get; init; } = "";

    /// <summary>Need of a rule, strength of a dependency, as files write them.</summary>
    public string Need { get; init; } = "";

    /// <summary>Conditions: all that must be on; <c>any-of:</c> before those of which one must be; <c>unless:</c>
    /// before the one that lifts a caution.</summary>
    public string When { get; init; } = "";

    /// <summary>How a rule's flow comes about: <c>direct</c>, or <c>announced-by:</c> and the control
    /// protocols.</summary>
    public string Via { get; init; } = "";

    /// <summary>Names of the announced services that a rule is about; empty for any.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Period of a rule, as files write it.</summary>
    public string Period { get; init; } = "";

    /// <summary>What only this kind of entry has, by the key of the file.</summary>
    public ImmutableArray<CatalogDetail> Details { get; init; } = [];

    /// <summary>Its sources; empty for a role that only names what rules are about, and for a site's own
    /// rule.</summary>
    public ImmutableArray<SourceReference> Sources { get; init; } = [];

    /// <summary>Note on how the document was read, or empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Why a rule does not apply in the site that was asked about; empty when it does.</summary>
    public string WhyOff { get; init; } = "";

    /// <summary>Identifiers of the entries that a piece of advice is about; empty for what is no advice.</summary>
    public ImmutableArray<string> About => Details.FirstOrDefault(detail => detail.Name == "about")?.Values ?? [];

    /// <summary>Transports and ports in one: <c>tcp 135 5000-5020</c>; empty for what is no rule.</summary>
    public string Over => string.Join(' ', Transports.Concat(Ports.Select(range => range.ToString())));
}

/// <summary>Something that only one kind of entry has.</summary>
/// <param name="Name">Key of the file, words separated by <c>_</c>.</param>
/// <param name="Values">Its values.</param>
public sealed record CatalogDetail(string Name, ImmutableArray<string> Values);
