using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Finds the role that a user means: by its identifier, else by a name that the documents use.</summary>
public static class RoleNames
{
    /// <summary>The identifier of the role.</summary>
    /// <param name="name">Identifier, title or alias; case matters in an identifier only.</param>
    /// <param name="catalogs">The catalogs whose roles are meant, besides the built-in ones.</param>
    /// <param name="others">Names that stand for themselves: hosts of a site.</param>
    /// <param name="problem">What is wrong with the name; empty when nothing is.</param>
    /// <returns>Null when no role, or more than one, has the name.</returns>
    public static string? Find(string name, CatalogSet catalogs, IEnumerable<string> others, out string problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(catalogs);
        problem = "";
        var roles = catalogs.Files.SelectMany(file => file.Roles).DistinctBy(role => role.Id).ToImmutableArray();
        var ids = roles.Select(role => role.Id).Concat(BuiltInRoles.All).Concat(others)
            .ToImmutableSortedSet(StringComparer.Ordinal);
        if (ids.Contains(name))
            return name;
        var named = roles
            .Where(role => role.Aliases.Append(role.Title).Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(role => role.Id).ToImmutableArray();
        if (named is [var only])
            return only;
        problem = named.IsEmpty
            ? Sentence($"unknown role {Spelling.Quote(name)}", Spelling.Suggest(name, ids))
            : $"{Spelling.Quote(name)} is a name of several roles; use one of {string.Join(", ", named)}";
        return null;
    }

    private static string Sentence(string message, string? suggestion) =>
        suggestion is null ? message : $"{message}; {suggestion}";
}
