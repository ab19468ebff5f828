using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>A virtual IP: what clients reach by an external address (FortiOS CLI Reference, <c>firewall vip</c>).
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">Its line.</param>
/// <param name="External">Addresses that clients use; null when not known.</param>
/// <param name="Mapped">Addresses behind; null when not known.</param>
/// <param name="Forwarding">Ports that are forwarded; null when all are.</param>
/// <param name="IsStatic">True when each external address stands for one behind.</param>
/// <param name="Reason">Why a part is not evaluated; null when all is.</param>
internal sealed record FortiVirtualIp(string Name, int Line, IntervalSet<UInt128>? External,
    IntervalSet<UInt128>? Mapped, FortiForwarding? Forwarding, bool IsStatic, string? Reason)
{
    /// <summary>Reads an entry of the table.</summary>
    public static FortiVirtualIp Read(FortiBlock block)
    {
        var external = Addresses(block.Words("extip"));
        var mapped = Addresses(block.Words("mappedip").IsEmpty
            ? [.. block.Find("mappedip")?.Blocks.Select(entry => entry.Value("range") ?? entry.Name) ?? []]
            : block.Words("mappedip"));
        var kind = block.Value("type") ?? "static-nat";
        var forwarding = block.IsOn("portforward") ? FortiForwarding.Read(block) : null;
        string? reason = null;
        if (block.Setting(FortiTree.Unread) is not null)
            reason = "the virtual IP could not be read";
        else if (external is null)
            reason = "the external address is not in the file";
        else if (kind is not ("static-nat" or "load-balance" or "server-load-balance"))
            reason = $"virtual IPs of type '{ConfigurationText.Shown(kind)}' are not evaluated";
        else if (!block.Words("src-filter").IsEmpty || !block.Words("service").IsEmpty)
            reason = "filters of virtual IPs are not evaluated";
        else if (forwarding is { Ports: null })
            reason = "the forwarded ports cannot be read";
        var isStatic = kind == "static-nat" && external?.Ranges is [var first] && mapped?.Ranges is [var second]
            && first.Last - first.First == second.Last - second.First;
        return new FortiVirtualIp(ConfigurationText.Shown(block.Name), block.Line, external, mapped, forwarding,
            isStatic, reason);
    }

    /// <summary>Addresses and ranges; null when one cannot be read or is 0.0.0.0, which stands for that of the
    /// interface.</summary>
    private static IntervalSet<UInt128>? Addresses(ImmutableArray<string> words)
    {
        var set = IntervalSet.Empty<UInt128>();
        foreach (var word in words)
        {
            if (!AddressWords.TryParse(word, out var addresses))
                return null;
            set = set.Union(addresses);
        }

        return set.IsEmpty || set.Contains(AddressSet.Number(IpAddress.FromIpv4(0))) ? null : set;
    }
}

/// <summary>Ports that a virtual IP forwards.</summary>
/// <param name="Protocol">Protocol.</param>
/// <param name="Ports">Ports that clients use; null when they cannot be read.</param>
/// <param name="Mapped">Ports behind, as many as <paramref name="Ports"/>, or one.</param>
internal sealed record FortiForwarding(IpProtocol Protocol, Interval<ushort>? Ports, Interval<ushort> Mapped)
{
    /// <summary>Reads the settings of a virtual IP. Without mapped ports they stay as they are.</summary>
    public static FortiForwarding Read(FortiBlock block)
    {
        var protocol = block.Value("protocol") switch
        {
            null or "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            "sctp" => IpProtocol.Sctp,
            _ => IpProtocol.Icmp,
        };
        if (!PortWords.TryParseRange(block.Value("extport") ?? "", out var ports) || protocol.IsIcmp)
            return new FortiForwarding(protocol, null, default);
        if (block.Value("mappedport") is not { } text)
            return new FortiForwarding(protocol, ports, ports);
        return PortWords.TryParseRange(text, out var mapped)
            && (mapped.Last - mapped.First == ports.Last - ports.First || mapped.First == mapped.Last)
            ? new FortiForwarding(protocol, ports, mapped)
            : new FortiForwarding(protocol, null, default);
    }

    /// <summary>What clients have to send so that a service of a policy, which names the mapped ports, matches; null
    /// when nothing does.</summary>
    public ServiceMatch? Seen(ServiceMatch service)
    {
        if (Ports is not { } ports)
            return ServiceMatch.Unknown;
        if (!service.Protocols.Contains(Protocol.Value))
            return service.IsOpen ? ServiceMatch.Unknown : null;
        var matched = service.DestinationPorts.Intersect(IntervalSet.Of(Mapped.First, Mapped.Last));
        var seen = Mapped.First == Mapped.Last
            ? matched.IsEmpty ? matched : IntervalSet.Of(ports.First, ports.Last)
            : IntervalSet.Of(matched.Ranges.Select(range => new Interval<ushort>(
                (ushort)(range.First - Mapped.First + ports.First),
                (ushort)(range.Last - Mapped.First + ports.First))));
        if (seen.IsEmpty)
            return service.IsOpen ? ServiceMatch.Unknown : null;
        return ServiceMatch.Of(Protocol, seen) with { SourcePorts = service.SourcePorts, IsOpen = service.IsOpen };
    }
}
