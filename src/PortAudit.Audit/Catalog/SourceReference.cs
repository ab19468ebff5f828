using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Audit.Catalog;

/// <summary>A document that catalogs cite (an entry of <c>rules/sources.yaml</c>).</summary>
/// <param name="Id">Identifier that catalog entries name.</param>
/// <param name="Title">Title as printed.</param>
/// <param name="Publisher">Who published it; null when the document does not say.</param>
/// <param name="Date">Date as printed, or null.</param>
/// <param name="Sha256">SHA-256 of the text in which lines are counted, lower-case hexadecimal; null for a page of the
/// web, which is cited by section.</param>
public sealed record SourceDocument(string Id, string Title, string? Publisher, string? Date, string? Sha256)
{
    private const int YearDigits = 4;

    /// <summary>Address of the document; null if none.</summary>
    public string? Url { get; init; }

    /// <summary>The day on which the page at <see cref="Url"/> was read; null without one.</summary>
    public DateOnly? Read { get; init; }

    /// <summary>The latest year that the date prints, else the year in which the page was read; null without
    /// either.</summary>
    internal int? Year => (Date ?? "").Split(' ', '-', '/', '.', ',')
        .Where(word => word.Length == YearDigits && word.All(char.IsAsciiDigit))
        .Select(word => (int?)int.Parse(word, CultureInfo.InvariantCulture))
        .Max() ?? Read?.Year;
}

/// <summary>The place in a document that an entry rests on.</summary>
/// <param name="Document">The document's identifier.</param>
/// <param name="Section">Headings that lead to the lines, separated by <c>/</c>.</param>
/// <param name="Lines">Line numbers, ascending, the first is 1; empty for a document without a text to count
/// in.</param>
public sealed record SourceReference(string Document, string Section, ImmutableArray<int> Lines)
{
    /// <summary>Further references, to another section or document; empty if none.</summary>
    public ImmutableArray<SourceReference> Also { get; init; } = [];

    /// <summary>This reference and the further ones, in the order of the file.</summary>
    public IEnumerable<SourceReference> All => Also.Prepend(this);
}
