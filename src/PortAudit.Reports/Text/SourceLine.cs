using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>Says where a rule stands in the documents.</summary>
internal static class SourceLine
{
    /// <summary>Title of the document, section and lines; empty for a rule of the site itself.</summary>
    public static string Of(Rule rule, ImmutableArray<CatalogUse> catalogs)
    {
        if (rule.Source is not { } source)
            return "";
        var title = CitedDocuments.ById(catalogs).GetValueOrDefault(source.Document)?.Title ?? source.Document;
        var lines = NumberRanges.Format([.. source.Lines.Select(line => (long)line)], int.MaxValue);
        var noun = source.Lines.Length == 1 ? "line" : "lines";
        return string.Create(CultureInfo.InvariantCulture, $"{title}; {source.Section}; {noun} {lines}");
    }
}
