using System.Collections.Immutable;

namespace PortAudit.Reports.Catalog;

/// <summary>A format in which entries are listed. To add one, add a row.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Write">Writes the list; the width in columns is null when lines may be of any length.</param>
public sealed record CatalogFormat(string Name, Action<CatalogList, TextWriter, int?> Write)
{
    /// <summary>The formats; the first is the default.</summary>
    public static readonly ImmutableArray<CatalogFormat> All =
    [
        new("table", CatalogTable.Write),
        new("csv", (list, writer, _) => CatalogCsv.Write(list, writer)),
        new("json", (list, writer, _) => CatalogJson.Write(list, writer)),
        new("markdown", (list, writer, _) => CatalogMarkdown.Write(list, writer)),
    ];
}
