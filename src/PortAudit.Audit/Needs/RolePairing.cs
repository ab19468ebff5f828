using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Needs;

/// <summary>
/// Which roles of two catalogs answer to each other: those that the user names, those of one identifier, those of which
/// one is a kind of the other, those that the documents call alike. A role of the second catalog that answers to one of
/// another identifier without being its kind goes by the identifier of the first.
/// </summary>
internal sealed class RolePairing
{
    private readonly FrozenDictionary<string, string> _identifiers;

    /// <summary>Finds what answers to what.</summary>
    /// <param name="first">The first catalog.</param>
    /// <param name="second">The second catalog.</param>
    /// <param name="given">Pairs that the user names: a role of the first, and one of the second.</param>
    public RolePairing(CatalogFile first, CatalogFile second, ImmutableArray<KeyValuePair<string, string>> given)
    {
        var (ids, otherIds) = (Ids(first), Ids(second));
        var (tree, otherTree) = (Tree(first, second), Tree(second, first));
        ImmutableArray<Role> lone = [.. first.Roles.Where(role => !otherIds.Contains(role.Id))];
        ImmutableArray<Role> otherLone = [.. second.Roles.Where(role => !ids.Contains(role.Id))];
        var counterparts = new List<RoleCounterpart>();
        var paired = new HashSet<string>(StringComparer.Ordinal);
        Add(given.Where(pair => pair.Key != pair.Value).SelectMany(pair => Both(pair, CounterpartBasis.Given)));
        Add(Kinds(lone.Where(IsOpen), Below(second, otherTree), otherIds, tree, isOfFirst: true));
        Add(Kinds(otherLone.Where(IsOpen), Below(first, tree), ids, otherTree, isOfFirst: false));
        ImmutableArray<KeyValuePair<string, string>> alike = [.. Alike(lone.Where(IsOpen), otherLone.Where(IsOpen))];
        Add(alike.SelectMany(pair => Both(pair, CounterpartBasis.Name)));
        Add(lone.Where(IsOpen).Select(role => Nothing(role, isOfFirst: true)));
        Add(otherLone.Where(IsOpen).Select(role => Nothing(role, isOfFirst: false)));
        Counterparts = [.. counterparts.OrderByDescending(row => row.IsOfFirst)
            .ThenBy(row => row.Role, StringComparer.Ordinal)];
        _identifiers = given.Concat(alike).DistinctBy(pair => pair.Value)
            .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        Second = Renamed(second);
        (FirstTree, SecondTree) = (Tree(first, Second), Tree(Second, first));

        bool IsOpen(Role role) => !paired.Contains(role.Id);

        void Add(IEnumerable<RoleCounterpart> rows)
        {
            ImmutableArray<RoleCounterpart> added = [.. rows];
            counterparts.AddRange(added);
            paired.UnionWith(added.Select(row => row.Role));
        }
    }

    /// <summary>Roles that only one catalog defines under their identifier: those of the first, then those of the
    /// second, in ordinal order.</summary>
    public ImmutableArray<RoleCounterpart> Counterparts { get; }

    /// <summary>The second catalog, with the identifiers of the first for the roles that answer to each
    /// other.</summary>
    public CatalogFile Second { get; }

    /// <summary>What roles are kinds of, as the first catalog says, and the second where the first says
    /// nothing.</summary>
    public RoleTree FirstTree { get; }

    /// <summary>The same for the second catalog.</summary>
    public RoleTree SecondTree { get; }

    private static HashSet<string> Ids(CatalogFile file) =>
        file.Roles.Select(role => role.Id).ToHashSet(StringComparer.Ordinal);

    private static RoleTree Tree(CatalogFile file, CatalogFile other) => new(new CatalogSet([file, other], []));

    private static IEnumerable<RoleCounterpart> Both(KeyValuePair<string, string> pair, CounterpartBasis basis) =>
        [new(pair.Key, true, basis, [pair.Value]), new(pair.Value, false, basis, [pair.Key])];

    private static RoleCounterpart Nothing(Role role, bool isOfFirst) =>
        new(role.Id, isOfFirst, CounterpartBasis.None, []);

    /// <summary>The roles of a catalog by each role that they are kinds of.</summary>
    private static ILookup<string, string> Below(CatalogFile file, RoleTree tree) => file.Roles
        .SelectMany(role => tree.NamesOf(role.Id), (role, kind) => (role.Id, Kind: kind))
        .ToLookup(row => row.Kind, row => row.Id, StringComparer.Ordinal);

    private static IEnumerable<RoleCounterpart> Kinds(IEnumerable<Role> roles, ILookup<string, string> below,
        HashSet<string> otherIds, RoleTree tree, bool isOfFirst) =>
        from role in roles
        let kin = tree.NamesOf(role.Id).Where(otherIds.Contains).Concat(below[role.Id]).Distinct()
            .Order(StringComparer.Ordinal).ToImmutableArray()
        where !kin.IsEmpty
        select new RoleCounterpart(role.Id, isOfFirst, CounterpartBasis.Kind, kin);

    /// <summary>Pairs of roles that have a name in common and share none with a third role.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Alike(IEnumerable<Role> roles, IEnumerable<Role> others)
    {
        var (named, otherNamed) = (ByName(roles), ByName(others));
        ImmutableArray<KeyValuePair<string, string>> pairs = [.. named
            .SelectMany(name => name.Distinct().Take(2).SelectMany(_ => otherNamed[name.Key].Distinct().Take(2),
                KeyValuePair.Create)).Distinct()];
        var partners = pairs.ToLookup(pair => pair.Key, StringComparer.Ordinal);
        var otherPartners = pairs.ToLookup(pair => pair.Value, StringComparer.Ordinal);
        return pairs.Where(pair => partners[pair.Key].Count() == 1 && otherPartners[pair.Value].Count() == 1);
    }

    private static ILookup<string, string> ByName(IEnumerable<Role> roles) => roles
        .SelectMany(role => role.Aliases.Append(role.Title), (role, name) => (role.Id, Name: name))
        .ToLookup(row => row.Name, row => row.Id, StringComparer.OrdinalIgnoreCase);

    private CatalogFile Renamed(CatalogFile file) => _identifiers.Count == 0 ? file : file with
    {
        Roles = [.. file.Roles.Select(role =>
            role with { Id = Identifier(role.Id), IsA = role.IsA is { } kind ? Identifier(kind) : null })],
        Rules = [.. file.Rules.Select(rule =>
            rule with { From = [.. rule.From.Select(Identifier)], To = [.. rule.To.Select(Identifier)] })],
    };

    private string Identifier(string role) => _identifiers.GetValueOrDefault(role, role);
}
