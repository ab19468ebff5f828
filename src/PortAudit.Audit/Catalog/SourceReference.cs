using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>A document that catalogs cite (an entry of <c>rules/sources.yaml</c>).</summary>
/// <param name="Id">Identifier that catalog entries name.</param>
/// <param name="Title">Title as printed.</param>
/// <param name="Publisher">Who published it; null when the document does not say.</param>
/// <param name="Date">Date as printed, or null.</param>
/// <param name="Sha256">SHA-256 of the text in which lines are counted, lower-case hexadecimal.</param>
public sealed record SourceDocument(string Id, string Title, string? Publisher, string? Date, string Sha256);

/// <summary>The lines of a document that an entry rests on.</summary>
/// <param name="Document">The document's identifier.</param>
/// <param name="Section">Headings that lead to the lines, separated by <c>/</c>.</param>
/// <param name="Lines">Line numbers, ascending, the first is 1.</param>
public sealed record SourceReference(string Document, string Section, ImmutableArray<int> Lines)
{
    /// <summary>Further references, to another section or document; empty if none.</summary>
    public ImmutableArray<SourceReference> Also { get; init; } = [];

    /// <summary>This reference and the further ones, in the order of the file.</summary>
    public IEnumerable<SourceReference> All => Also.Prepend(this);
}
