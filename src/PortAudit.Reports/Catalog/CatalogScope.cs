using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Catalog;

/// <summary>Keeps what concerns one role.</summary>
public static class CatalogScope
{
    /// <summary>
    /// The role and what it is a kind of; rules, cautions and dependencies that name any of these, or any host; the
    /// conditions and parameters of those rules; the advice about all of it. In the order of <paramref name="rows"/>.
    /// </summary>
    public static ImmutableArray<CatalogRow> Concerning(string role, ImmutableArray<CatalogRow> rows,
        CatalogSet catalogs)
    {
        var roles = new RoleTree(catalogs);
        var kept = rows.Where(row => row.Kind == EntryKind.Role
            ? roles.IsA(role, row.Id)
            : row.From.Concat(row.To).Any(name => roles.IsA(role, name)))
            .Select(row => row.Id)
            .ToHashSet(StringComparer.Ordinal);
        var named = rows.Where(row => row.Kind != EntryKind.Role && kept.Contains(row.Id))
            .SelectMany(row => row.When.Split(' ').Append(row.Parameter))
            .ToHashSet(StringComparer.Ordinal);
        kept.UnionWith(rows
            .Where(row => row.Kind is EntryKind.Condition or EntryKind.Parameter && named.Contains(row.Id))
            .Select(row => row.Id));
        kept.UnionWith(rows.Where(row => row.About.Any(kept.Contains)).Select(row => row.Id).ToImmutableArray());
        return [.. rows.Where(row => kept.Contains(row.Id))];
    }
}
