using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>A catalog and the positions of its entries, for comparing catalogs.</summary>
/// <param name="File">The catalog.</param>
/// <param name="Positions">Positions by identifier; no two kinds share one.</param>
internal sealed record CatalogText(CatalogFile File, IReadOnlyDictionary<string, EntryPosition> Positions);

/// <summary>Kind and position of an entry.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Position">Position of its identifier.</param>
internal readonly record struct EntryPosition(EntryKind Kind, TextPosition Position);
