using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>
/// Holds catalogs against each other. A rule belongs to one catalog; a role, condition or parameter may stand in several when they
/// say the same of it.
/// </summary>
internal static class CatalogAgreement
{
    /// <summary>True when the catalogs agree; what they disagree on goes to <paramref name="diagnostics"/>, at the later of two.</summary>
    public static bool Check(ImmutableArray<CatalogText> catalogs, ICollection<Diagnostic> diagnostics)
    {
        var isSound = true;
        var first = new Dictionary<(EntryKind Kind, string Id), (CatalogFile File, object? Meaning)>();
        foreach (var catalog in catalogs)
        {
            var file = new FileDiagnostics(catalog.File.File);
            foreach (var (kind, id, meaning) in Entries(catalog.File))
            {
                if (first.TryAdd((kind, id), (catalog.File, meaning)) || first[(kind, id)].File == catalog.File)
                    continue;
                var (earlier, earlierMeaning) = first[(kind, id)];
                if (Disagreement(kind, id, earlier, Equals(meaning, earlierMeaning), out var message))
                    file.Error(catalog.Positions[(kind, id)], message, "make both the same, or give one another identifier");
            }

            isSound &= !file.HasErrors;
            file.MoveTo(diagnostics);
        }

        return isSound;
    }

    private static IEnumerable<(EntryKind Kind, string Id, object? Meaning)> Entries(CatalogFile file) =>
        file.Roles.Select(role => (EntryKind.Role, role.Id, (object?)(role.IsA, role.PartOf)))
            .Concat(file.Conditions.Select(condition => (EntryKind.Condition, condition.Id, (object?)condition.Default)))
            .Concat(file.Parameters.Select(parameter => (EntryKind.Parameter, parameter.Id, (object?)string.Join(',', parameter.Default))))
            .Concat(file.Rules.Select(rule => (EntryKind.Rule, rule.Id, (object?)null)));

    private static bool Disagreement(EntryKind kind, string id, CatalogFile earlier, bool isSame, [NotNullWhen(true)] out string? message)
    {
        message = kind switch
        {
            EntryKind.Rule => $"rule {Spelling.Quote(id)} also stands in catalog {Spelling.Quote(earlier.Id)} ({earlier.File})",
            EntryKind.Role when !isSame => $"role {Spelling.Quote(id)} has another 'isA' or 'partOf' in catalog {Spelling.Quote(earlier.Id)} ({earlier.File})",
            _ when !isSame => $"{kind.ToString().ToLowerInvariant()} {Spelling.Quote(id)} has another default in catalog {Spelling.Quote(earlier.Id)} ({earlier.File})",
            _ => null,
        };
        return message is not null;
    }
}
