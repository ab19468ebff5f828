using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>compares them. An identifier names one entry of all catalogs; only a role, condition or parameter may stand
/// in several when they say the same of it.</summary>
internal static class CatalogAgreement
{
    /// <summary>True when the catalogs agree; what they disagree on goes to <paramref name="diagnostics"/>, at the
    /// later of two.</summary>
    public static bool Check(ImmutableArray<CatalogText> catalogs, ICollection<Diagnostic> diagnostics)
    {
        var isSound = true;
        var first = new Dictionary<string, (CatalogFile File, Entry Entry)>(StringComparer.Ordinal);
        foreach (var catalog in catalogs)
        {
            var file = new FileDiagnostics(catalog.File.File);
            foreach (var entry in Entries(catalog.File))
            {
                if (first.TryAdd(entry.Id, (catalog.File, entry)) || first[entry.Id].File == catalog.File)
                    continue;
                var (earlierFile, earlier) = first[entry.Id];
                if (Disagreement(entry, earlier) is { } disagreement)
                {
                    file.Error(
                        catalog.Positions[entry.Id].Position,
                        $"{entry.Kind.ToText()} {Spelling.Quote(entry.Id)} {disagreement} in catalog "
                            + $"{Spelling.Quote(earlierFile.Id)} ({earlierFile.File})",
                        "make both the same, or rename one");
                }
            }

            isSound &= !file.HasErrors;
            file.MoveTo(diagnostics);
        }

        return isSound;
    }

    /// <summary>What two catalogs have to agree on.</summary>
    /// <param name="Kind">Kind of the entry.</param>
    /// <param name="Id">Identifier of the entry.</param>
    /// <param name="Meaning">What must be the same; null for an entry that stands in one catalog only.</param>
    private sealed record Entry(EntryKind Kind, string Id, object? Meaning);

    private static IEnumerable<Entry> Entries(CatalogFile file) =>
    [
        .. file.Roles.Select(role => new Entry(EntryKind.Role, role.Id, (role.IsA, role.PartOf))),
        .. file.Conditions.Select(condition => new Entry(EntryKind.Condition, condition.Id, condition.Default)),
        .. file.Parameters.Select(parameter =>
            new Entry(EntryKind.Parameter, parameter.Id, string.Join(',', parameter.Default))),
        .. file.Rules.Select(rule => new Entry(EntryKind.Rule, rule.Id, null)),
        .. file.Cautions.Select(caution => new Entry(EntryKind.Caution, caution.Id, null)),
        .. file.Advice.Select(advice => new Entry(EntryKind.Advice, advice.Id, null)),
        .. file.Dependencies.Select(dependency => new Entry(EntryKind.Dependency, dependency.Id, null)),
    ];

    private static string? Disagreement(Entry entry, Entry earlier)
    {
        if (entry.Kind != earlier.Kind)
            return $"has the identifier of the {earlier.Kind.ToText()}";
        if (entry.Meaning is null)
            return "is also";
        if (entry.Meaning.Equals(earlier.Meaning))
            return null;
        return entry.Kind == EntryKind.Role ? "has another 'isA' or 'partOf'" : "has another default";
    }
}
