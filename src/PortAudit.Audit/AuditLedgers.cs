using PortAudit.Audit.Administration;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Obsolete;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Roles;
using PortAudit.Audit.State;
using PortAudit.Audit.Tls;
using PortAudit.Audit.Tunnels;

namespace PortAudit.Audit;

/// <summary>The ledgers that count every judged flow, whatever becomes of it.</summary>
internal sealed class AuditLedgers : IArchived
{
    public HostLedger Hosts { get; } = new();

    public TlsLedger Tls { get; } = new();

    public required DynamicPortLedger DynamicPorts { get; init; }

    public required RoleMismatches Mismatches { get; init; }

    public required ObsoleteLedger Obsolete { get; init; }

    public required SweepLedger Sweeps { get; init; }

    public AdministrationLedger Administration { get; } = new();

    public TunnelLedger Tunnels { get; } = new();

    public required PolicyLedger Firewalls { get; init; }

    /// <summary>Who used which service of whom, for baselines; null when not asked for. Saved when it is compared with
    /// a baseline.</summary>
    public required TrafficLedger? Traffic { get; init; }

    /// <summary>What a model took flows for; null without a model. Not saved.</summary>
    public required BehaviourLedger? Behaviours { get; init; }

    public void Add(Judgement judgement)
    {
        Hosts.Add(judgement);
        Tls.Add(judgement);
        DynamicPorts.Add(judgement);
        Mismatches.Add(judgement);
        Obsolete.Add(judgement);
        Sweeps.Add(judgement);
        Administration.Add(judgement);
        Tunnels.Add(judgement);
        Firewalls.Add(judgement);
        Traffic?.Add(judgement);
        Behaviours?.Add(judgement);
    }

    /// <summary>Adds what <paramref name="other"/> holds, which is not changed.</summary>
    public void UnionWith(AuditLedgers other)
    {
        Hosts.UnionWith(other.Hosts);
        Tls.UnionWith(other.Tls);
        DynamicPorts.UnionWith(other.DynamicPorts);
        Mismatches.UnionWith(other.Mismatches);
        Obsolete.UnionWith(other.Obsolete);
        Sweeps.UnionWith(other.Sweeps);
        Administration.UnionWith(other.Administration);
        Tunnels.UnionWith(other.Tunnels);
        Firewalls.UnionWith(other.Firewalls);
        if (other.Traffic is { } traffic)
            Traffic?.UnionWith(traffic);
        if (other.Behaviours is { } behaviours)
            Behaviours?.UnionWith(behaviours);
    }

    public void Persist(StateArchive archive)
    {
        Hosts.Persist(archive);
        Tls.Persist(archive);
        DynamicPorts.Persist(archive);
        Mismatches.Persist(archive);
        Obsolete.Persist(archive);
        Sweeps.Persist(archive);
        Administration.Persist(archive);
        Tunnels.Persist(archive);
        Firewalls.Persist(archive);
        if (Traffic is { KeepsFlows: true })
            Traffic.Persist(archive);
    }
}
