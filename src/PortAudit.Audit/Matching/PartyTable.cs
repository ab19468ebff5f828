using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Matching;

/// <summary>
/// The rules of one transport by what they name as responder and originator. A look-up asks for the names that two
/// hosts answer to, so rules between other parties cost nothing.
/// </summary>
internal sealed class PartyTable
{
    private readonly RoleTree _roles;
    private readonly Dictionary<string, Dictionary<string, PortIntervals>> _byTo = new(StringComparer.Ordinal);

    public PartyTable(IEnumerable<CoveredPorts> ports, RoleTree roles)
    {
        _roles = roles;
        var pairs = ports.SelectMany(
            range => range.Match.Rule.Rule.To.SelectMany(to =>
                range.Match.Rule.Rule.From.Select(from => (To: to, From: from, Range: range))));
        foreach (var rulesTo in pairs.GroupBy(pair => pair.To, StringComparer.Ordinal))
        {
            _byTo.Add(rulesTo.Key, rulesTo.GroupBy(pair => pair.From, StringComparer.Ordinal).ToDictionary(
                pair => pair.Key,
                pair => new PortIntervals([.. pair.Select(entry => entry.Range)]),
                StringComparer.Ordinal));
        }
    }

    /// <summary>Adds the rules that cover a port between two hosts; one that names a host in two ways may be added
    /// twice. Nothing is allocated where none does.</summary>
    public void Collect(HostIdentity from, HostIdentity to, ushort port, ref List<RuleMatch>? found)
    {
        CollectTo(BuiltInRoles.Any, from, port, ref found);
        foreach (var role in to.Roles)
        {
            foreach (var name in _roles.NamesOf(role))
                CollectTo(name, from, port, ref found);
        }

        if (to.Name is { } host)
            CollectTo(host, from, port, ref found);
        if (SegmentNameOf(to) is { } segment)
            CollectTo(segment, from, port, ref found);
        foreach (var network in to.Networks)
            CollectTo(network, from, port, ref found);
    }

    private void CollectTo(string to, HostIdentity from, ushort port, ref List<RuleMatch>? found)
    {
        if (!_byTo.TryGetValue(to, out var byFrom))
            return;
        CollectFrom(byFrom, BuiltInRoles.Any, port, ref found);
        foreach (var role in from.Roles)
        {
            foreach (var name in _roles.NamesOf(role))
                CollectFrom(byFrom, name, port, ref found);
        }

        if (from.Name is { } host)
            CollectFrom(byFrom, host, port, ref found);
        if (SegmentNameOf(from) is { } segment)
            CollectFrom(byFrom, segment, port, ref found);
        foreach (var network in from.Networks)
            CollectFrom(byFrom, network, port, ref found);
    }

    // A role takes precedence over a segment of the same name.
    private string? SegmentNameOf(HostIdentity host) =>
        host.Segment is { } segment && !_roles.Defines(segment) ? segment : null;

    private static void CollectFrom(Dictionary<string, PortIntervals> byFrom, string from, ushort port,
        ref List<RuleMatch>? found)
    {
        if (byFrom.TryGetValue(from, out var ports) && ports.Covering(port) is { IsEmpty: false } covering)
            (found ??= []).AddRange(covering.AsSpan());
    }
}
