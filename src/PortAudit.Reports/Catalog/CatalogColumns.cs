using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Catalog;

/// <summary>
/// Columns of a list for the eye: those of rules when it holds nothing else, else what all kinds have. The announced
/// services have a column where one of the rules names any.
/// </summary>
internal static class CatalogColumns
{
    private static readonly ImmutableArray<(string Title, Func<CatalogRow, string> Value)> OfRules =
    [
        ("ID", row => row.Id),
        ("FROM", row => string.Join(' ', row.From)),
        ("TO", row => string.Join(' ', row.To)),
        ("OVER", row => row.Over),
        ("PROTOCOL", row => string.Join(' ', row.Protocols)),
        ("SECURITY", row => row.Security),
        ("NEED", row => row.Need),
        ("WHEN", row => row.When),
    ];

    private static readonly (string Title, Func<CatalogRow, string> Value) Services =
        ("SERVICES", row => string.Join(' ', row.Services));

    private static readonly ImmutableArray<(string Title, Func<CatalogRow, string> Value)> OfAll =
    [
        ("KIND", row => row.Kind.ToText()),
        ("ID", row => row.Id),
        ("CATALOG", row => row.Catalog),
        ("TITLE", row => row.Title.ReplaceLineEndings(" ")),
    ];

    /// <summary>The columns for these entries.</summary>
    public static ImmutableArray<(string Title, Func<CatalogRow, string> Value)> For(ImmutableArray<CatalogRow> rows) =>
        !rows.All(row => row.Kind == EntryKind.Rule) ? OfAll
        : rows.Any(row => !row.Services.IsEmpty) ? OfRules.Add(Services)
        : OfRules;
}
