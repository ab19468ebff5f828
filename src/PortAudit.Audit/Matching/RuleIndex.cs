using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Rules by transport and responder port. Built once; any number of threads may ask.</summary>
internal sealed class RuleIndex
{
    private readonly RoleTree _roles;
    private readonly FrozenDictionary<(IpProtocol Transport, ushort Port), ImmutableArray<RuleMatch>> _exact;
    private readonly FrozenDictionary<IpProtocol, PortIntervals> _ranges;
    private readonly FrozenDictionary<IpProtocol, ImmutableArray<RuleMatch>> _withoutPorts;

    /// <summary>Indexes <paramref name="rules"/>.</summary>
    public RuleIndex(IEnumerable<BoundRule> rules, RoleTree roles)
    {
        _roles = roles;
        var exact = new Dictionary<(IpProtocol, ushort), List<RuleMatch>>();
        var ranges = new Dictionary<IpProtocol, List<(int, int, RuleMatch)>>();
        var withoutPorts = new Dictionary<IpProtocol, List<RuleMatch>>();
        foreach (var rule in rules)
        {
            foreach (var transport in rule.Rule.Transports.Distinct())
            {
                if (!transport.HasPorts)
                    ListOf(withoutPorts, transport).Add(new RuleMatch(rule, RuleMatch.EveryPort));
                else if (rule.Ports.IsEmpty && rule.Rule.PortParameter is null)
                    ListOf(ranges, transport).Add((0, ushort.MaxValue, new RuleMatch(rule, RuleMatch.EveryPort)));
                foreach (var range in transport.HasPorts ? rule.Ports : [])
                {
                    if (range.IsSingle)
                        ListOf(exact, (transport, range.First)).Add(new RuleMatch(rule, 1));
                    else
                        ListOf(ranges, transport).Add((range.First, range.Last, new RuleMatch(rule, range.Size)));
                }
            }
        }

        _exact = exact.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToImmutableArray());
        _ranges = ranges.ToFrozenDictionary(entry => entry.Key, entry => new PortIntervals(entry.Value));
        _withoutPorts = withoutPorts.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToImmutableArray());
    }

    /// <summary>The rules that cover the flow as it stands, in the order of preference, each once.</summary>
    public ImmutableArray<RuleMatch> Covering(FlowRecord flow, HostIdentity originator, HostIdentity responder) =>
        Covering(flow.Transport, flow.Responder.Port, originator, responder);

    /// <summary>The rules that would cover the flow if its responder had opened it.</summary>
    public ImmutableArray<RuleMatch> CoveringReverse(FlowRecord flow, HostIdentity originator, HostIdentity responder) =>
        Covering(flow.Transport, flow.Originator.Port, responder, originator);

    /// <summary>The rules for a service port between two hosts, in the order of preference, each once.</summary>
    public ImmutableArray<RuleMatch> Covering(IpProtocol transport, ushort port, HostIdentity from, HostIdentity to)
    {
        List<RuleMatch>? found = null;
        if (transport.HasPorts)
        {
            if (_exact.TryGetValue((transport, port), out var exact))
                Keep(exact, from, to, ref found);
            if (_ranges.TryGetValue(transport, out var ranges))
                Keep(ranges.Covering(port), from, to, ref found);
        }
        else if (_withoutPorts.TryGetValue(transport, out var rules))
        {
            Keep(rules, from, to, ref found);
        }

        if (found is null)
            return [];
        found.Sort();
        return [.. found.DistinctBy(match => match.Rule.Place)];
    }

    /// <summary>True when <paramref name="host"/> is one of those that <paramref name="names"/> stand for: roles, built-in roles, or hosts.</summary>
    public bool IsOneOf(HostIdentity host, ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            if (IsA(host, name))
                return true;
        }

        return false;
    }

    /// <summary>True when <paramref name="name"/> is a role that <paramref name="host"/> plays, or its own name.</summary>
    public bool IsA(HostIdentity host, string name) => _roles.IsAny(host.Roles.AsSpan(), name) || (host.Name is not null && host.Name == name);

    /// <summary>The host's own role by which <paramref name="names"/> name it; its first role when they name the host itself, or not at all.</summary>
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

    private static List<TValue> ListOf<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }

    private void Keep(ImmutableArray<RuleMatch> candidates, HostIdentity from, HostIdentity to, ref List<RuleMatch>? found)
    {
        foreach (var candidate in candidates)
        {
            if (IsOneOf(from, candidate.Rule.Rule.From) && IsOneOf(to, candidate.Rule.Rule.To))
                (found ??= []).Add(candidate);
        }
    }
}
