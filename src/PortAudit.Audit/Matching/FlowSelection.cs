using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Selects flows by <see cref="FlowCriteria"/>, and says which rules it selects whole. For one
/// thread.</summary>
public sealed class FlowSelection
{
    private readonly SiteFile? _site;
    private readonly RoleTree _roles;
    private readonly HostDirectory? _directory;
    private readonly ImmutableArray<Prefix> _hosts;

    /// <summary>Prepares a selection.</summary>
    /// <param name="criteria">The criteria; roles and segments need a site.</param>
    /// <param name="site">The site; null for none.</param>
    /// <param name="roles">The roles of its catalogs.</param>
    public FlowSelection(FlowCriteria criteria, SiteFile? site, RoleTree roles)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        (Criteria, _site, _roles) = (criteria, site, roles);
        _directory = site is null ? null : new HostDirectory(site);
        _hosts = [.. criteria.Hosts.SelectMany(host => host.Prefixes)];
    }

    /// <summary>What it selects by.</summary>
    public FlowCriteria Criteria { get; }

    internal string Text => string.Join(" and ", Criteria.Texts);

    /// <summary>True when a flow meets all criteria.</summary>
    public bool Takes(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return IsAt(flow, _hosts) && IsAt(flow, Criteria.Networks) && HasPort(flow) && HasProtocol(flow)
            && PlaysRole(flow) && IsInSegment(flow);
    }

    /// <summary>True when any record of a connection meets all criteria: one point may know it by a translated
    /// address.</summary>
    internal bool Takes(Judgement judgement) =>
        Takes(judgement.Flow) || Takes(judgement.Observed) || judgement.Elsewhere.Any(Takes);

    /// <summary>
    /// True when the selection takes every flow that a rule covers between two of its parties, whatever the flow shows:
    /// only then does it mean something that none of the selected flows is one. False where this is not certain.
    /// </summary>
    internal bool TakesAllOf(BoundRule rule, string from, string to) =>
        IsWithin(from, to, _hosts) && IsWithin(from, to, Criteria.Networks) && HasPortsOf(rule)
        && HasTransportsOf(rule)
        && (Criteria.Roles.IsEmpty || Criteria.Roles.Any(role => AllPlay(from, role) || AllPlay(to, role)))
        && (Criteria.Segments.IsEmpty || AllAreInSegments(from) || AllAreInSegments(to));

    private static bool IsAt(FlowRecord flow, ImmutableArray<Prefix> prefixes)
    {
        if (prefixes.IsEmpty)
            return true;
        foreach (var prefix in prefixes)
        {
            if (prefix.Contains(flow.Originator.Address) || prefix.Contains(flow.Responder.Address))
                return true;
        }

        return false;
    }

    private bool HasPort(FlowRecord flow)
    {
        if (Criteria.Ports.IsEmpty)
            return true;
        if (!flow.Transport.HasPorts)
            return false;
        foreach (var range in Criteria.Ports)
        {
            if (range.Contains(flow.Originator.Port) || range.Contains(flow.Responder.Port))
                return true;
        }

        return false;
    }

    private bool HasProtocol(FlowRecord flow) =>
        (Criteria.Transports.IsEmpty && Criteria.Protocols.IsEmpty)
        || Criteria.Transports.Contains(flow.Transport)
        || (flow.Protocol is { } protocol && Criteria.Protocols.Contains(protocol))
        || (flow.Service is { } service
            && Criteria.Protocols.Contains(service, StringComparer.OrdinalIgnoreCase));

    private bool PlaysRole(FlowRecord flow) => Criteria.Roles.IsEmpty
        || Criteria.Roles.Any(role => _roles.IsAny(RolesOf(flow.Originator.Address).AsSpan(), role)
            || _roles.IsAny(RolesOf(flow.Responder.Address).AsSpan(), role));

    private bool IsInSegment(FlowRecord flow) => Criteria.Segments.IsEmpty
        || IsSelected(_directory!.SegmentOf(flow.Originator.Address))
        || IsSelected(_directory!.SegmentOf(flow.Responder.Address));

    private bool IsSelected(string? segment) => segment is not null && Criteria.Segments.Contains(segment);

    private ImmutableArray<string> RolesOf(IpAddress address) => _directory!.Resolve(address).Roles;

    private bool HasPortsOf(BoundRule rule) => Criteria.Ports.IsEmpty
        || (!rule.Ports.IsEmpty && rule.Ports.All(own => Criteria.Ports.Any(range =>
            range.First <= own.First && range.Last >= own.Last)));

    /// <summary>A name of a protocol is never certain: a flow may show no protocol.</summary>
    private bool HasTransportsOf(BoundRule rule) =>
        (Criteria.Transports.IsEmpty && Criteria.Protocols.IsEmpty)
        || rule.Rule.Transports.All(transport => Criteria.Transports.Contains(transport));

    private bool AllPlay(string name, string role) => _roles.IsA(name, role)
        || (!_roles.Defines(name) && _site!.Hosts.FirstOrDefault(host => host.Name == name) is { } host
            && _roles.IsAny(host.Roles.AsSpan(), role));

    private bool IsWithin(string from, string to, ImmutableArray<Prefix> prefixes) =>
        prefixes.IsEmpty || AllAreWithin(from, prefixes) || AllAreWithin(to, prefixes);

    private bool AllAreWithin(string name, ImmutableArray<Prefix> prefixes) =>
        AddressesOf(name) is { IsEmpty: false } own
        && own.All(address => prefixes.Any(prefix => Holds(prefix, address)));

    private bool AllAreInSegments(string name) => AddressesOf(name) is { IsEmpty: false } own && own.All(IsInSegments);

    /// <summary>True when the longest prefix of a segment that holds all of an address range is one of a selected
    /// segment, and no other segment has a part of the range.</summary>
    private bool IsInSegments(Prefix addresses)
    {
        var parts = _site!.Segments.SelectMany(segment => segment.Prefixes.Select(prefix => (segment.Name, prefix)));
        return IsSelected(_directory!.SegmentOf(addresses.Address))
            && !parts.Any(part => part.prefix != addresses && Holds(addresses, part.prefix)
                && !IsSelected(part.Name));
    }

    private static bool Holds(Prefix outer, Prefix inner) =>
        outer.Length <= inner.Length && outer.Contains(inner.Address);

    /// <summary>All addresses that a party of a rule may have; empty where they are not known.</summary>
    private ImmutableArray<Prefix> AddressesOf(string name)
    {
        if (BuiltInRoles.Contains(name))
            return [];
        if (AddressText.PrefixOf(name) is { } network)
            return [network];
        ImmutableArray<Prefix> ofRole =
        [
            .. _site!.Hosts.Where(host => host.Name == name || _roles.IsAny(host.Roles.AsSpan(), name))
                .SelectMany(host => host.Addresses).Select(Prefix.Of),
            .. _site.Networks.Where(own => _roles.IsAny(own.Roles.AsSpan(), name)).Select(own => own.Prefix),
        ];
        return _roles.Defines(name) || _site.Segments.All(segment => segment.Name != name)
            ? ofRole
            : [.. ofRole, .. _site.Segments.Where(segment => segment.Name == name).SelectMany(Parts)];
    }

    /// <summary>A segment that stands for the rest may hold any address.</summary>
    private static IEnumerable<Prefix> Parts(Segment segment) =>
        segment.Prefixes.IsEmpty ? [new Prefix(IpAddress.FromIpv4(0), 0), default] : segment.Prefixes;
}
