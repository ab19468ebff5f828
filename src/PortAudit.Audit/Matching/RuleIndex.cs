using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>
/// Rules by transport, parties and responder port. Built once; any number of threads may ask. What a look-up costs
/// depends on the roles of the two hosts and on the rules that it finds, not on how many rules there are.
/// </summary>
internal sealed class RuleIndex
{
    private readonly RoleTree _roles;
    private readonly FrozenDictionary<IpProtocol, PartyTable> _tables;

    public RuleIndex(IEnumerable<BoundRule> rules, RoleTree roles)
    {
        _roles = roles;
        rules = [.. rules];
        AskedPorts =
        [
            .. rules.Where(rule => rule.Allows && rule.Rule.Replies == Replies.OtherPort).SelectMany(rule =>
                rule.Rule.Transports.SelectMany(transport => rule.Ports.Select(ports => (transport, ports.First))))
                .Distinct().Order(),
        ];
        _tables = rules
            .SelectMany(rule => rule.Rule.Transports.Distinct()
                .SelectMany(transport => PortsOf(rule, transport).Select(ports => (transport, ports))))
            .GroupBy(entry => entry.transport, entry => entry.ports)
            .ToFrozenDictionary(group => group.Key, group => new PartyTable(group, roles));
    }

    /// <summary>The ports of services that answer from another port (TFTP), the first of each range.</summary>
    public ImmutableArray<(IpProtocol Transport, ushort Port)> AskedPorts { get; }

    /// <summary>The rules that cover the flow as it stands, in the order of preference, each once.</summary>
    public ImmutableArray<RuleMatch> Covering(FlowRecord flow, HostIdentity originator, HostIdentity responder) =>
        Covering(flow.Transport, flow.Responder.Port, originator, responder);

    /// <summary>The rules for a service port between two hosts, in the order of preference, each once.</summary>
    public ImmutableArray<RuleMatch> Covering(IpProtocol transport, ushort port, HostIdentity from, HostIdentity to)
    {
        List<RuleMatch>? found = null;
        if (_tables.TryGetValue(transport, out var table))
            table.Collect(from, to, port, ref found);
        if (found is null)
            return [];
        if (found.Count == 1)
            return [found[0]];
        found.Sort();
        return [.. found.DistinctBy(match => match.Rule.Index)];
    }

    /// <summary>True when <paramref name="host"/> is one of those that <paramref name="names"/> stand for: roles,
    /// built-in roles, hosts, segments or networks.</summary>
    public bool IsOneOf(HostIdentity host, ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            if (IsA(host, name))
                return true;
        }

        return false;
    }

    /// <summary>True when <paramref name="name"/> is a role that <paramref name="host"/> plays, its own name, or a
    /// segment or network that holds it. A role takes precedence over a segment of the same name.</summary>
    public bool IsA(HostIdentity host, string name) =>
        _roles.IsAny(host.Roles.AsSpan(), name) || (host.Name is not null && host.Name == name)
        || (host.Segment is not null && host.Segment == name && !_roles.Defines(name))
        || host.Networks.Contains(name);

    /// <summary>The host's own role by which <paramref name="names"/> name it; its first role when they name the host
    /// itself, or not at all.</summary>
    public string RoleAmong(HostIdentity host, ImmutableArray<string> names)
    {
        foreach (var role in host.Roles)
        {
            foreach (var name in names)
            {
                if (_roles.IsA(role, name))
                    return role;
            }
        }

        return host.PrimaryRole;
    }

    // A transport without ports is looked up like one of which the rule covers every port.
    private static IEnumerable<CoveredPorts> PortsOf(BoundRule rule, IpProtocol transport) =>
        !transport.HasPorts || (rule.Ports.IsEmpty && rule.Rule.PortParameter is null)
            ? [new CoveredPorts(0, ushort.MaxValue, new RuleMatch(rule, RuleMatch.EveryPort))]
            : rule.Ports.Select(range => new CoveredPorts(range.First, range.Last, new RuleMatch(rule, range.Size)));
}
