using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>The applications of a rule.</summary>
internal sealed class PanOsApplicationMatch
{
    /// <summary>True when the rule takes every application.</summary>
    public bool IsAny { get; set; }

    /// <summary>What applications are that the headers of a packet show: ICMP messages and IP protocols.</summary>
    public List<ServiceMatch> ByHeader { get; } = [];

    /// <summary>Ports that <c>application-default</c> allows to the other applications.</summary>
    public HashSet<ServiceMatch> DefaultPorts { get; } = [];

    /// <summary>Names of applications that the device recognises by what they say.</summary>
    public List<string> Recognised { get; } = [];

    /// <summary>Why default ports are not known; null when they are.</summary>
    public string? PortReason { get; set; }
}

/// <summary>Looks up applications: predefined ones, those of the file, groups and filters.</summary>
/// <param name="budget">What all expanded groups may hold.</param>
internal sealed class PanOsApplications(ExpansionBudget budget)
{
    /// <summary>What the given names stand for.</summary>
    /// <param name="names">The words of the rule.</param>
    /// <param name="levels">Where objects are looked up, the nearest first.</param>
    public PanOsApplicationMatch Find(IEnumerable<string> names, ImmutableArray<PanOsNode> levels)
    {
        var match = new PanOsApplicationMatch();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            Add(match, name, levels.AsSpan(), seen, 0);
        // Beside ping, icmp leaves nothing open: one of them is every message.
        match.Recognised.RemoveAll(name => !PanOsKnownApplications.Headers(name).IsEmpty
            && PanOsKnownApplications.DefaultPorts(name).All(match.ByHeader.Contains));
        return match;
    }

    private void Add(PanOsApplicationMatch match, string name, ReadOnlySpan<PanOsNode> levels, HashSet<string> seen,
        int depth)
    {
        if (name == "any")
            match.IsAny = true;
        if (name == "any" || !seen.Add(name))
            return;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Find("application", name) is { } custom)
            {
                AddCustom(match, custom);
                return;
            }

            if (levels[i].Find("application-group", name) is { } group)
            {
                AddGroup(match, group, levels[i..], seen, depth);
                return;
            }

            if (levels[i].Find("application-filter", name) is not null)
            {
                AddOpen(match, name,
                    $"the applications of the filter '{ConfigurationText.Shown(name)}' are not in the file");
                return;
            }
        }

        if (PanOsKnownApplications.Headers(name) is [_, ..] headers)
            match.ByHeader.AddRange(headers);
        if (PanOsKnownApplications.DefaultPorts(name) is [_, ..] ports)
        {
            match.Recognised.Add(name);
            match.DefaultPorts.UnionWith(ports);
        }
        else if (PanOsKnownApplications.Headers(name).IsEmpty)
        {
            AddOpen(match, name,
                $"the default ports of the application '{ConfigurationText.Shown(name)}' are not known");
        }
    }

    private void AddGroup(PanOsApplicationMatch match, PanOsNode group, ReadOnlySpan<PanOsNode> levels,
        HashSet<string> seen, int depth)
    {
        var members = (group.Find("members") ?? group).Children;
        if (depth >= ExpansionBudget.MaxDepth || !budget.TryTake(members.Count))
        {
            AddOpen(match, group.Name, "groups of applications are too deep or too large");
            return;
        }

        foreach (var member in members)
            Add(match, member.Name, levels, seen, depth + 1);
    }

    /// <summary>An application of the file. One without a signature is what its protocol or ICMP type says; with a
    /// signature or ports the device has to see more than headers.</summary>
    private static void AddCustom(PanOsApplicationMatch match, PanOsNode custom)
    {
        var services = custom.Find("default") is { } defaults ? Defaults(defaults) : null;
        var isHeader = custom.Find("default", "port") is null && custom.Find("signature") is null;
        if (services is null)
        {
            AddOpen(match, custom.Name,
                $"the default ports of the application '{ConfigurationText.Shown(custom.Name)}' are not in the file");
        }
        else if (isHeader)
        {
            match.ByHeader.AddRange(services);
        }
        else
        {
            match.Recognised.Add(custom.Name);
            match.DefaultPorts.UnionWith(services);
        }
    }

    private static List<ServiceMatch>? Defaults(PanOsNode defaults)
    {
        var services = new List<ServiceMatch>();
        foreach (var port in defaults.Find("port")?.Words ?? [])
        {
            if (PanOsKnownApplications.Read(port) is not { } service)
                return null;
            services.Add(service);
        }

        if (defaults.ValueOf("ident-by-ip-protocol") is { } protocol)
        {
            if (!PortWords.TryParseByte(protocol, out var number))
                return null;
            services.Add(ServiceMatch.Of(new IpProtocol(number)));
        }

        if (!TryAddIcmp("ident-by-icmp-type", IpProtocol.Icmp)
            || !TryAddIcmp("ident-by-icmp6-type", IpProtocol.IcmpV6))
            return null;
        return services.Count == 0 ? null : services;

        bool TryAddIcmp(string name, IpProtocol icmp)
        {
            if (defaults.Find(name) is not { } node)
                return true;
            if (!PortWords.TryParseByte(node.ValueOf("type") ?? node.Value?.Name ?? "", out var type))
                return false;
            var service = ServiceMatch.Of(icmp) with { IcmpTypes = IntervalSet.Of(type) };
            if (node.ValueOf("code") is { } code)
            {
                if (!PortWords.TryParseByte(code, out var number))
                    return false;
                service = service with { IcmpCodes = IntervalSet.Of(number) };
            }

            services.Add(service);
            return true;
        }
    }

    private static void AddOpen(PanOsApplicationMatch match, string name, string reason)
    {
        match.Recognised.Add(name);
        match.DefaultPorts.Add(ServiceMatch.Unknown);
        match.PortReason ??= reason;
    }
}
