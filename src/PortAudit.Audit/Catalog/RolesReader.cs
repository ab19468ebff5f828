using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads the roles of a catalog.</summary>
/// <param name="index">Gathers identifiers.</param>
/// <param name="documents">Documents that roles may cite.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class RolesReader(EntryIndex index, CitableDocuments documents, FileDiagnostics diagnostics)
{
    /// <summary>The roles in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Role> Read(ImmutableArray<YamlEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (BuiltInRoles.Contains(entry.Key.Text))
                diagnostics.Error(entry.Key.Position, $"role {Spelling.Quote(entry.Key.Text)} is built in",
                    "give it another name");
            else if (EntryFields.IsIdentifier(entry.Key, diagnostics))
                index.Add(EntryKind.Role, entry.Key.Text, entry.Key.Position);
        }

        var known = KnownNames.Of("role", index.Ids(EntryKind.Role));
        ImmutableArray<Role> roles = [.. entries.Select(entry => ReadRole(entry, known)).OfType<Role>()];
        RefuseCycles(roles, "isA", role => role.IsA);
        RefuseCycles(roles, "partOf", role => role.PartOf);
        return roles;
    }

    private Role? ReadRole(YamlEntry entry, KnownNames known)
    {
        if (Fields.Of(entry.Value, $"role {Spelling.Quote(entry.Key.Text)}", diagnostics) is not { } fields)
            return null;
        var title = fields.RequiredText("title");
        var aliases = fields.OptionalTexts("aliases");
        var isA = ReadParent(fields, "isA", known);
        var partOf = ReadParent(fields, "partOf", known);
        var source = fields.OptionalSource(documents, diagnostics);
        var note = fields.Note();
        fields.Close();
        return title is null
            ? null
            : new Role(entry.Key.Text, title.Text, [.. aliases.Select(alias => alias.Text)], isA,
                partOf)
            { Source = source, Note = note };
    }

    private string? ReadParent(Fields fields, string key, KnownNames known) =>
        fields.OptionalText(key) is { } parent && known.Check(parent, diagnostics) ? parent.Text : null;

    // A role is walked once, so every cycle is noted once, where the walk enters it.
    private void RefuseCycles(ImmutableArray<Role> roles, string key, Func<Role, string?> parentOf)
    {
        var parents = roles.ToDictionary(role => role.Id, parentOf, StringComparer.Ordinal);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            var path = new List<string>();
            string? next = role.Id;
            while (next is not null && settled.Add(next))
            {
                path.Add(next);
                next = parents.GetValueOrDefault(next);
            }

            if (next is not null && path.IndexOf(next) is >= 0 and var start)
                NoteCycle(key, path[start..]);
        }
    }

    private void NoteCycle(string key, List<string> cycle) => diagnostics.Error(
        index.Positions[cycle[0]].Position,
        $"'{key}' forms a cycle: {string.Join(" -> ", cycle.Append(cycle[0]))}",
        $"remove one '{key}'");
}
