using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>A catalog and where its entries stand, so that catalogs can be held against each other.</summary>
/// <param name="File">The catalog.</param>
/// <param name="Places">Where an entry stands, by identifier: no two kinds share one.</param>
internal sealed record CatalogText(CatalogFile File, IReadOnlyDictionary<string, EntryPlace> Places);

/// <summary>Where an entry stands.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Position">Where its identifier stands.</param>
internal readonly record struct EntryPlace(EntryKind Kind, TextPosition Position);
