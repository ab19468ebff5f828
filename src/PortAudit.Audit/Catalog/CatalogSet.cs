using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>The rules of an audit: the catalogs that a site names, read without error.</summary>
/// <param name="Files">Catalogs in the order of the site.</param>
/// <param name="Documents">Every document that a catalog may cite.</param>
public sealed record CatalogSet(ImmutableArray<CatalogFile> Files, ImmutableArray<SourceDocument> Documents);
