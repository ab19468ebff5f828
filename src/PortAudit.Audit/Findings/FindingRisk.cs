using PortAudit.Traffic.Protocols;

namespace PortAudit.Audit.Findings;

/// <summary>What a reviewer has to see first among findings of one severity. The order is that of reading.</summary>
internal enum FindingRisk
{
    /// <summary>One host controls another, or may do so by the port.</summary>
    RemoteControl,

    /// <summary>A tunnel: whatever goes in it passes.</summary>
    Tunnel,

    /// <summary>Bytes that no protocol explains, many of them or to a single destination.</summary>
    UnknownBytes,

    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Browsing and what every host does.</summary>
    Ordinary,

    /// <summary>Attempts that came to nothing.</summary>
    NotPassed,
}

/// <summary>Finds the <see cref="FindingRisk"/> of findings and of groups of flows.</summary>
internal static class FindingRisks
{
    /// <summary>Bytes from which on traffic that no protocol explains is much: more than checks and keep-alives
    /// send.</summary>
    public const long MuchBytes = 100_000;

    public static FindingRisk Of(FindingDraft draft)
    {
        var kind = draft.Finding.Kind;
        if (kind.Row().IsRemoteControl)
            return FindingRisk.RemoteControl;
        if (draft.Flows is not { } flows)
            return FindingRisk.Other;
        if (Enum.GetValues<Matching.Verdict>().Any(verdict => verdict.ToFinding() == kind))
            return Of(flows);
        return IsRemoteControl(flows) ? FindingRisk.RemoteControl : FindingRisk.Other;
    }

    public static FindingRisk Of(FlowGroup flows)
    {
        if (flows.Outcomes.Passed == 0)
            return FindingRisk.NotPassed;
        if (IsRemoteControl(flows))
            return FindingRisk.RemoteControl;
        if (TunnelWords.Concerns(flows))
            return FindingRisk.Tunnel;
        if (flows.Protocols.Count > 0)
            return flows.Protocols.Keys.All(name => ProtocolRegistry.Find(name) is { IsOrdinary: true })
                ? FindingRisk.Ordinary
                : FindingRisk.Other;
        return flows.Bytes >= MuchBytes || (flows.Responders.Kept.Count == 1 && !flows.Responders.IsOverflown)
            ? FindingRisk.UnknownBytes
            : FindingRisk.Other;
    }

    /// <summary>True when a flow proves to be such a service, or none proves anything and a port is usual for
    /// one.</summary>
    private static bool IsRemoteControl(FlowGroup flows) => flows.Protocols.Keys.Any(RemoteControl.IsName)
        || (flows.Protocols.Count == 0 && flows.Transports.Any(transport =>
            flows.Ports.Any(port => RemoteControl.NameOf(transport, port) is not null)));
}
