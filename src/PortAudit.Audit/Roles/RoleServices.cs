using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Roles;

/// <summary>What roles may serve to anybody, by the rules of an audit.</summary>
internal sealed class RoleServices
{
    private readonly RoleTree _roles;
    private readonly FrozenDictionary<string, ImmutableArray<BoundRule>> _rulesTo;

    /// <summary>Gathers the rules that allow. One without ports covers none.</summary>
    public RoleServices(IEnumerable<BoundRule> rules, RoleTree roles)
    {
        _roles = roles;
        _rulesTo = rules.Where(rule => rule.Allows && (rule.Rule.PortParameter is null || !rule.Ports.IsEmpty))
            .SelectMany(rule => rule.Rule.To.Select(to => (To: to, Rule: rule)))
            .GroupBy(entry => entry.To, entry => entry.Rule, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>True when a rule to the role, or to what it is a kind of, covers what a host serves and asks for no
    /// other protocol.</summary>
    public bool Cover(string role, ObservedService thing)
    {
        foreach (var kind in _roles.NamesOf(role))
        {
            if (CoverTo(kind, thing))
                return true;
        }

        return false;
    }

    /// <summary>True when a rule to one of the host's roles, to the host or to any host covers what it serves and asks
    /// for no other protocol.</summary>
    public bool Cover(HostIdentity host, ObservedService thing)
    {
        if (CoverTo(BuiltInRoles.Any, thing) || (host.Name is { } name && CoverTo(name, thing)))
            return true;
        foreach (var role in host.Roles)
        {
            if (Cover(role, thing))
                return true;
        }

        return false;
    }

    private bool CoverTo(string to, ObservedService thing)
    {
        if (!_rulesTo.TryGetValue(to, out var rules))
            return false;
        foreach (var rule in rules)
        {
            if (rule.Rule.Transports.Contains(thing.Transport) && CoversPort(rule.Ports, thing.Port)
                && Asks(rule.Rule, thing))
                return true;
        }

        return false;
    }

    private static bool CoversPort(ImmutableArray<PortRange> ports, ushort port)
    {
        if (ports.IsEmpty)
            return true;
        foreach (var range in ports)
        {
            if (range.Contains(port))
                return true;
        }

        return false;
    }

    /// <summary>True when a rule asks for what a host serves, or for nothing that bytes contradict.</summary>
    public static bool Asks(Rule rule, ObservedService thing) =>
        rule.Protocols.IsEmpty || thing.Protocol is null || ProtocolComparison.IsSecurityLayer(thing.Protocol)
        || ProtocolKinship.Accepts(rule.Protocols, thing.Protocol)
        || (thing.Service is { } service && ProtocolKinship.Accepts(rule.Protocols, service));
}
