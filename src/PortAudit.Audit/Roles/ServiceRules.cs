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
    public bool Cover(RoleList from, RoleList to, ObservedService thing) =>
        _index.Covering(thing.Transport, thing.Port, Host(from), Host(to))
            .Any(match => RoleServices.Asks(match.Rule.Rule, thing));

    private static HostIdentity Host(RoleList roles) => new(default, null, roles.Roles, null, IsListed: true);
}

/// <summary>The roles of a host, as a key.</summary>
internal readonly record struct RoleList(ImmutableArray<string> Roles)
{
    public bool Equals(RoleList other) => Roles.AsSpan().SequenceEqual(other.Roles.AsSpan());

    public override int GetHashCode() => Roles.Aggregate(Roles.Length, HashCode.Combine);
}
