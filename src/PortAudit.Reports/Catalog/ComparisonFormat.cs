using System.Collections.Immutable;

namespace PortAudit.Reports.Catalog;

/// <summary>A format in which two catalogs are compared. To add one, add a row.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Write">Writes the comparison; text wraps at the width in columns.</param>
public sealed record ComparisonFormat(string Name, Action<ComparedCatalogs, TextWriter, int> Write)
{
    /// <summary>The formats; the first is the default.</summary>
    public static readonly ImmutableArray<ComparisonFormat> All =
    [
        new("text", ComparisonText.Write),
        new("csv", (compared, writer, _) => ComparisonCsv.Write(compared, writer)),
        new("json", (compared, writer, _) => ComparisonJson.Write(compared, writer)),
        new("markdown", (compared, writer, _) => ComparisonMarkdown.Write(compared, writer)),
    ];
}
