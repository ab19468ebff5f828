using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>Says where a rule stands in the documents.</summary>
internal static class SourceLine
{
    /// <summary>Title of the document, section, lines or address; empty for a rule of the site itself.</summary>
    public static string Of(Rule rule, ImmutableArray<CatalogUse> catalogs)
    {
        if (rule.Source is not { } source)
            return "";
        var document = CitedDocuments.ById(catalogs).GetValueOrDefault(source.Document);
        return CitedDocuments.TextOf(document?.Title ?? source.Document, document, source);
    }
}
