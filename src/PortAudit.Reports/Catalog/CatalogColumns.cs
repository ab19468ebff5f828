using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Catalog;

/// <summary>Columns of a displayed list: those of rules if it has only rules, else those common to all kinds. Announced
/// services have a column if any rule names them.</summary>
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

    public static ImmutableArray<(string Title, Func<CatalogRow, string> Value)> For(ImmutableArray<CatalogRow> rows) =>
        !rows.All(row => row.Kind == EntryKind.Rule) ? OfAll
        : rows.Any(row => !row.Services.IsEmpty) ? OfRules.Add(Services)
        : OfRules;
}
