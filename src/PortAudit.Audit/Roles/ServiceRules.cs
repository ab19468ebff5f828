using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Roles;

/// <summary>The rules of catalogs, with the defaults of their conditions, compared with what hosts of roles serve to
/// hosts of roles.</summary>
internal sealed class ServiceRules(CatalogSet catalogs, RoleTree roles)
{
    private readonly RuleIndex _index =
        new(RuleBook.Bind(catalogs, null).Where(rule => rule.IsOn && rule.Allows), roles);

    /// <summary>True when a rule lets hosts of <paramref name="from"/> use this service of hosts of
    /// <paramref name="to"/>.</summary>
    public bool Cover(RoleList from, RoleList to, ObservedService thing) => Covering(from, to, thing).Any();

    /// <summary>True when a rule lets hosts of <paramref name="from"/> send these media to hosts of
    /// <paramref name="to"/>, announced by <paramref name="control"/>.</summary>
    public bool CoverMedia(RoleList from, RoleList to, ObservedService media, string control) =>
        Covering(from, to, media).Any(rule => rule.AnnouncedBy.IsEmpty || rule.AnnouncedBy.Contains(control));

    private IEnumerable<Rule> Covering(RoleList from, RoleList to, ObservedService thing) =>
        _index.Covering(thing.Transport, thing.Port, Host(from), Host(to))
            .Select(match => match.Rule.Rule)
            .Where(rule => RoleServices.Asks(rule, thing));

    private static HostIdentity Host(RoleList roles) => new(default, null, roles.Roles, null, IsListed: true);
}

/// <summary>The roles of a host, as a key.</summary>
internal readonly record struct RoleList(ImmutableArray<string> Roles)
{
    public bool Equals(RoleList other) => Roles.AsSpan().SequenceEqual(other.Roles.AsSpan());

    public override int GetHashCode() => Roles.Aggregate(Roles.Length, HashCode.Combine);
}
