using PortAudit.Traffic.Protocols;

namespace PortAudit.Audit.Findings;

/// <summary>What is said of flows by which tunnels are set up or carried: a rule that lets one pass lets pass whatever
/// is in it.</summary>
internal static class TunnelWords
{
    /// <summary>True when bytes prove such a protocol in a flow that passed.</summary>
    public static bool Concerns(FlowGroup flows) => flows.Outcomes.Passed > 0 && flows.Protocols.Keys.Any(IsTunnel);

    /// <summary>A sentence with a leading space; empty for other flows.</summary>
    public static string Sentence(FlowGroup flows)
    {
        if (!Concerns(flows))
            return "";
        var names = flows.Protocols.Keys.Where(IsTunnel).ToList();
        var hidden = names.Any(name => ProtocolRegistry.Find(name)!.HidesContent)
            ? " It is encrypted: its content is unknown."
            : "";
        return $" {string.Join(" and ", names)} {(names.Count == 1 ? "sets" : "set")} up or carries a tunnel: it "
            + $"bypasses all port rules.{hidden}";
    }

    /// <summary>What to do about tunnels that no rule covers; null for other flows.</summary>
    public static string? Remedy(FindingKey key, FlowGroup flows, string service) => Concerns(flows)
        ? $"Find out who set up the tunnel on {HostList.Of(flows.Originators)}, and where it ends: it carries any "
            + $"traffic past the firewall. If it is approved, add a site rule from {key.From} to {key.To} for "
            + $"{service} of these hosts alone, and audit the traffic that leaves the tunnel; otherwise "
            + "close it at the firewall."
        : null;

    private static bool IsTunnel(string protocol) => ProtocolRegistry.Find(protocol) is { IsTunnel: true };
}
