using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>A catalog and where its entries stand, so that catalogs can be held against each other.</summary>
/// <param name="File">The catalog.</param>
/// <param name="Positions">Where an entry stands, by kind and identifier.</param>
internal sealed record CatalogText(CatalogFile File, IReadOnlyDictionary<(EntryKind Kind, string Id), TextPosition> Positions);

/// <summary>The kinds of entries of a catalog.</summary>
internal enum EntryKind
{
    /// <summary>A <see cref="Catalog.Role"/>.</summary>
    Role,

    /// <summary>A <see cref="Catalog.Condition"/>.</summary>
    Condition,

    /// <summary>A <see cref="Catalog.Parameter"/>.</summary>
    Parameter,

    /// <summary>A <see cref="Catalog.Rule"/>.</summary>
    Rule,
}
