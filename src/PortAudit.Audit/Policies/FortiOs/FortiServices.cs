using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Services that a name stands for.</summary>
/// <param name="Services">The services; an open one among them when not all are known.</param>
/// <param name="Reason">Why not, in a clause; null when all are known.</param>
internal readonly record struct FortiService(ImmutableArray<ServiceMatch> Services, string? Reason)
{
    /// <summary>Nothing is known of it.</summary>
    public static FortiService Open(string reason) => new([ServiceMatch.Unknown], reason);
}

/// <summary>Looks up services and groups of a virtual domain (FortiOS CLI Reference, <c>firewall service custom</c>,
/// <c>firewall service group</c>).</summary>
/// <param name="draft">Receives objects that are not evaluated.</param>
/// <param name="scope">The virtual domain.</param>
/// <param name="budget">What all expanded objects may hold.</param>
internal sealed class FortiServices(PolicyDraft draft, FortiScope scope, ExpansionBudget budget)
{
    /// <summary>Settings that do not change what a service is.</summary>
    private static readonly ImmutableHashSet<string> Ignored =
    [
        "category", "comment", "color", "visibility", "uuid", "fabric-object", "global-object", "helper",
        "check-reset-range", "session-ttl", "tcp-halfclose-timer", "tcp-halfopen-timer", "tcp-timewait-timer",
        "tcp-rst-timer", "udp-idle-timer", "protocol", "protocol-number", "icmptype", "icmpcode", "tcp-portrange",
        "udp-portrange", "sctp-portrange", "udplite-portrange", "explicit-proxy", "uuid-idx",
    ];

    private readonly Dictionary<FortiBlock, FortiService> _known = [];
    private readonly HashSet<FortiBlock> _open = [];

    /// <summary>What a name stands for.</summary>
    /// <param name="name">The word of the policy or group.</param>
    /// <param name="depth">Groups around it.</param>
    public FortiService Find(string name, int depth = 0)
    {
        if (scope.Entry("firewall service custom", name) is { } custom)
            return Object(custom);
        if (scope.Entry("firewall service group", name) is { } group)
            return Group(group, depth);
        if (!FortiKnownServices.All.TryGetValue(name, out var ports))
            return FortiService.Open($"the service '{ConfigurationText.Shown(name)}' is not defined");
        return new FortiService([.. ports.Split(' ').Select(Known).OfType<ServiceMatch>()], null);
    }

    private static ServiceMatch? Known(string text)
    {
        var (protocol, value) = (text[..text.IndexOf('/', StringComparison.Ordinal)], text[(text.IndexOf('/',
            StringComparison.Ordinal) + 1)..]);
        return protocol switch
        {
            "tcp" => Ports(IpProtocol.Tcp, value),
            "udp" => Ports(IpProtocol.Udp, value),
            "ip" => Protocol(value),
            _ => Icmp(protocol == "icmp" ? IpProtocol.Icmp : IpProtocol.IcmpV6, value, null),
        };
    }

    private FortiService Object(FortiBlock block)
    {
        if (_known.TryGetValue(block, out var known))
            return known;
        var (services, reason) = (new List<ServiceMatch>(), (string?)null);
        foreach (var service in Read(block))
        {
            if (service is null)
                reason = $"the service '{ConfigurationText.Shown(block.Name)}' cannot be read";
            else
                services.Add(service);
        }

        if (block.Settings.FirstOrDefault(setting => !Ignored.Contains(setting.Name)
            && setting.Text is not ("" or "disable" or "0" or "0.0.0.0")) is { } other)
            (services, reason) = ([], $"'{ConfigurationText.Shown(other.Name)}' of a service is not evaluated");
        if (services.Count == 0)
            reason ??= $"the service '{ConfigurationText.Shown(block.Name)}' has no ports";
        if (reason is not null)
        {
            services.Add(ServiceMatch.Unknown);
            draft.NotEvaluable(block.Line, reason);
        }

        var found = new FortiService([.. services], reason);
        _known.Add(block, found);
        return found;
    }

    /// <summary>The services of an object; null for one that cannot be read.</summary>
    private static IEnumerable<ServiceMatch?> Read(FortiBlock block) => block.Value("protocol") switch
    {
        null or "TCP/UDP/SCTP" or "TCP/UDP/UDP-Lite/SCTP" =>
        [
            .. block.Words("tcp-portrange").Select(text => Ports(IpProtocol.Tcp, text)),
            .. block.Words("udp-portrange").Select(text => Ports(IpProtocol.Udp, text)),
            .. block.Words("sctp-portrange").Select(text => Ports(IpProtocol.Sctp, text)),
        ],
        "IP" => [Protocol(block.Value("protocol-number") ?? "0")],
        "ICMP" => [Icmp(IpProtocol.Icmp, block.Value("icmptype"), block.Value("icmpcode"))],
        "ICMP6" => [Icmp(IpProtocol.IcmpV6, block.Value("icmptype"), block.Value("icmpcode"))],
        _ => [null],
    };

    /// <summary><c>80</c>, <c>1024-65535</c>, with ports of the sender behind a colon.</summary>
    private static ServiceMatch? Ports(IpProtocol protocol, string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 2 || !PortWords.TryParseRange(parts[0], out var ports))
            return null;
        var service = ServiceMatch.Of(protocol, IntervalSet.Of(ports.First, ports.Last));
        if (parts.Length == 1)
            return service;
        return PortWords.TryParseRange(parts[1], out var sources)
            ? service with { SourcePorts = IntervalSet.Of(sources.First, sources.Last) }
            : null;
    }

    /// <summary>An IP protocol; 0 stands for all.</summary>
    private static ServiceMatch? Protocol(string number)
    {
        if (!PortWords.TryParseByte(number, out var protocol))
            return null;
        return protocol == 0 ? ServiceMatch.Any : ServiceMatch.Of(new IpProtocol(protocol));
    }

    private static ServiceMatch? Icmp(IpProtocol protocol, string? type, string? code)
    {
        var service = ServiceMatch.Of(protocol);
        if (!string.IsNullOrEmpty(type))
        {
            if (!PortWords.TryParseByte(type, out var number))
                return null;
            service = service with { IcmpTypes = IntervalSet.Of(number) };
        }

        if (string.IsNullOrEmpty(code))
            return service;
        return PortWords.TryParseByte(code, out var value)
            ? service with { IcmpCodes = IntervalSet.Of(value) }
            : null;
    }

    private FortiService Group(FortiBlock block, int depth)
    {
        if (_known.TryGetValue(block, out var known))
            return known;
        var name = ConfigurationText.Shown(block.Name);
        if (depth >= ExpansionBudget.MaxDepth)
            return FortiService.Open($"groups are nested deeper than {ExpansionBudget.MaxDepth}");
        if (!_open.Add(block))
            return FortiService.Open($"the group '{name}' holds itself");
        var (services, reason) = (new HashSet<ServiceMatch>(), (string?)null);
        foreach (var member in block.Words("member"))
        {
            var service = Find(member, depth + 1);
            if (!budget.TryTake(service.Services.Length))
                service = FortiService.Open("the objects of the file hold too many services");
            services.UnionWith(service.Services);
            reason ??= service.Reason;
        }

        if (services.Count == 0 || block.Setting(FortiTree.Unread) is not null)
        {
            reason ??= $"the group '{name}' is empty or could not be read";
            services.Add(ServiceMatch.Unknown);
        }

        if (reason is not null)
            draft.NotEvaluable(block.Setting("member")?.Line ?? block.Line, reason);
        _open.Remove(block);
        var found = new FortiService([.. services], reason);
        _known.Add(block, found);
        return found;
    }
}
