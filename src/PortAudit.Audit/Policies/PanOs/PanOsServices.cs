using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Services that a name stands for.</summary>
/// <param name="Services">The services; an open one among them when not all are known.</param>
/// <param name="Reason">Why not, in a clause; null when all are known.</param>
internal readonly record struct PanOsService(ImmutableArray<ServiceMatch> Services, string? Reason)
{
    /// <summary>Nothing is known of it.</summary>
    public static PanOsService Open(string reason) => new([ServiceMatch.Unknown], reason);
}

/// <summary>Looks up service objects and groups (PAN-OS Administrator's Guide, "Service Objects").</summary>
/// <param name="draft">Receives objects that are not evaluated.</param>
/// <param name="budget">What all expanded objects may hold.</param>
internal sealed class PanOsServices(PolicyDraft draft, ExpansionBudget budget)
{
    private readonly Dictionary<PanOsNode, PanOsService> _known = [];
    private readonly HashSet<PanOsNode> _open = [];

    /// <summary>What a name stands for; objects of the file come before the predefined ones.</summary>
    /// <param name="name">The word of the rule or group.</param>
    /// <param name="levels">Where objects are looked up, the nearest first.</param>
    /// <param name="depth">Groups around it.</param>
    public PanOsService Find(string name, ReadOnlySpan<PanOsNode> levels, int depth = 0)
    {
        if (name == "any")
            return new PanOsService([ServiceMatch.Any], null);
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Find("service", name) is { } service)
                return Object(service);
            if (levels[i].Find("service-group", name) is { } group)
                return Group(group, levels[i..], depth);
        }

        return name switch
        {
            "service-http" => Tcp(IntervalSet.Of<ushort>([new(80, 80), new(8080, 8080)])),
            "service-https" => Tcp(IntervalSet.Of<ushort>(443)),
            _ => PanOsService.Open($"the service '{ConfigurationText.Shown(name)}' is not defined"),
        };
    }

    private static PanOsService Tcp(IntervalSet<ushort> ports) => new([ServiceMatch.Of(IpProtocol.Tcp, ports)], null);

    private PanOsService Object(PanOsNode node)
    {
        if (_known.TryGetValue(node, out var known))
            return known;
        var (services, reason) = (ImmutableArray.CreateBuilder<ServiceMatch>(), (string?)null);
        if (node.Find(PanOsTree.Unread) is not null)
            reason = $"the service '{ConfigurationText.Shown(node.Name)}' could not be read";
        foreach (var protocol in node.Find("protocol")?.Children ?? [])
        {
            if (Read(protocol) is { } service)
                services.Add(service);
            else
                reason = $"the ports of the service '{ConfigurationText.Shown(node.Name)}' are not evaluated";
        }

        if (services.Count == 0)
            reason ??= $"the service '{ConfigurationText.Shown(node.Name)}' has no ports";
        if (reason is not null)
        {
            services.Add(ServiceMatch.Unknown);
            draft.NotEvaluable(node.Line, reason);
        }

        var found = new PanOsService(services.ToImmutable(), reason);
        _known.Add(node, found);
        return found;
    }

    private static ServiceMatch? Read(PanOsNode protocol)
    {
        IpProtocol? number = protocol.Name switch
        {
            "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            "sctp" => IpProtocol.Sctp,
            _ => null,
        };
        if (number is not { } known || !TryReadPorts(protocol, "port", out var ports)
            || !TryReadPorts(protocol, "source-port", out var sourcePorts)
            || (protocol.Find("port") is null && protocol.Find("source-port") is null))
            return null;
        return ServiceMatch.Of(known, ports) with { SourcePorts = sourcePorts };
    }

    private static bool TryReadPorts(PanOsNode protocol, string name, out IntervalSet<ushort> ports)
    {
        ports = IntervalSet.All<ushort>();
        return protocol.Find(name) is not { } node || PortWords.TryParse(node.Value?.Name ?? "", out ports);
    }

    private PanOsService Group(PanOsNode node, ReadOnlySpan<PanOsNode> levels, int depth)
    {
        if (_known.TryGetValue(node, out var known))
            return known;
        var name = ConfigurationText.Shown(node.Name);
        if (depth >= ExpansionBudget.MaxDepth)
            return PanOsService.Open($"groups are nested deeper than {ExpansionBudget.MaxDepth}");
        if (!_open.Add(node))
            return PanOsService.Open($"the group '{name}' holds itself");
        var (services, reason) = (new HashSet<ServiceMatch>(), (string?)null);
        foreach (var member in (node.Find("members") ?? node).Children)
        {
            if (member.Name is "tag" or "disable-override")
                continue;
            var service = Find(member.Name, levels, depth + 1);
            if (!budget.TryTake(service.Services.Length))
                service = PanOsService.Open("the objects of the file hold too many services");
            services.UnionWith(service.Services);
            if (service.Reason is not { } why)
                continue;
            draft.NotEvaluable(member.Line, why);
            reason ??= why;
        }

        if (services.Count == 0)
        {
            reason = $"the group '{name}' is empty";
            draft.NotEvaluable(node.Line, reason);
            services.Add(ServiceMatch.Unknown);
        }

        _open.Remove(node);
        var found = new PanOsService([.. services], reason);
        _known.Add(node, found);
        return found;
    }
}
