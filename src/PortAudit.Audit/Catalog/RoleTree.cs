using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>
/// The roles of a set of catalogs and what each is a kind of. A role that two catalogs define is taken from the first.
/// Look-ups allocate nothing; any number of threads may ask.
/// </summary>
public sealed class RoleTree
{
    /// <summary>No catalog's roles: each role is of its own kind alone.</summary>
    public static readonly RoleTree None = new(new CatalogSet([], []));

    private readonly FrozenDictionary<string, Role> _roles;
    private readonly FrozenDictionary<string, FrozenSet<string>> _kinds;

    /// <summary>Gathers the roles of <paramref name="catalogs"/>.</summary>
    public RoleTree(CatalogSet catalogs)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var role in catalogs.Files.SelectMany(file => file.Roles))
            roles.TryAdd(role.Id, role);
        _roles = roles.ToFrozenDictionary(StringComparer.Ordinal);
        _kinds = roles.Keys.Concat(BuiltInRoles.All).Distinct()
            .ToFrozenDictionary(id => id, id => KindsOf(id, roles), StringComparer.Ordinal);
    }

    /// <summary>The role of this identifier; null for a built-in role and for one that no catalog defines.</summary>
    public Role? Find(string role) => _roles.GetValueOrDefault(role);

    /// <summary>True for a role of the catalogs and for a built-in role.</summary>
    internal bool Defines(string role) => _kinds.ContainsKey(role);

    /// <summary>
    /// The names that a host of <paramref name="role"/> answers to: the role itself and what <see cref="Role.IsA"/>
    /// leads to. <see cref="BuiltInRoles.Any"/>, to which every host answers, is not among them.
    /// </summary>
    internal ImmutableArray<string> NamesOf(string role) =>
        _kinds.TryGetValue(role, out var kinds) ? kinds.Items : [role];

    /// <summary>
    /// True when a host of <paramref name="role"/> matches what is said of <paramref name="ancestor"/>: it is the same
    /// role, <see cref="BuiltInRoles.Any"/>, or reached by following <see cref="Role.IsA"/>. <see cref="Role.PartOf"/>
    /// plays no part.
    /// </summary>
    public bool IsA(string role, string ancestor) =>
        ancestor == BuiltInRoles.Any
        || role == ancestor
        || (_kinds.TryGetValue(role, out var kinds) && kinds.Contains(ancestor));

    /// <summary>True when one of <paramref name="roles"/> <see cref="IsA(string, string)"/>
    /// <paramref name="ancestor"/>.</summary>
    public bool IsAny(ReadOnlySpan<string> roles, string ancestor)
    {
        foreach (var role in roles)
        {
            if (IsA(role, ancestor))
                return true;
        }

        return false;
    }

    // The set breaks cycles; the reader refuses catalogs with one.
    private static FrozenSet<string> KindsOf(string id, Dictionary<string, Role> roles)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        for (string? next = id; next is not null && kinds.Add(next);)
            next = roles.GetValueOrDefault(next)?.IsA;
        return kinds.ToFrozenSet(StringComparer.Ordinal);
    }
}
