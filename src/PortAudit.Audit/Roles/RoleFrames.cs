using System.Collections.Immutable;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Roles;

/// <summary>
/// Completes evidence with the frames that prove it. Where bytes named a protocol the flow has the frame; where an
/// announcement or a port did, it has to be fetched from the captures.
/// </summary>
public static class RoleFrames
{
    /// <summary>Flows whose frames are fetched, the earliest.</summary>
    public const int MaximumFetched = 10_000;

    /// <summary>The flows whose frames are to be fetched, by start.</summary>
    public static ImmutableArray<FlowRecord> ToFetch(IEnumerable<RoleFound> roles) =>
    [
        .. roles.SelectMany(role => role.Evidence)
            .Where(evidence => evidence.Frame is null)
            .Select(evidence => evidence.First)
            .DistinctBy(flow => flow.Id)
            .OrderBy(flow => flow.StartNs)
            .ThenBy(flow => flow.Id)
            .Take(MaximumFetched),
    ];

    /// <summary>The roles of proposals, those in doubt among them.</summary>
    public static IEnumerable<RoleFound> RolesOf(RoleProposals proposals)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        return All(proposals).SelectMany(host => host.Roles.Concat(host.Doubtful));
    }

    /// <summary>The roles of a comparison.</summary>
    public static IEnumerable<RoleFound> RolesOf(RoleComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison.Claims.Select(claim => claim.Found).OfType<RoleFound>();
    }

    /// <summary>The proposals with the frames of <see cref="ToFetch"/>, by <see cref="FlowRecord.Id"/>.</summary>
    public static RoleProposals With(this RoleProposals proposals, IReadOnlyDictionary<ulong, FlowFrames> frames)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        var completed = All(proposals).ToDictionary(host => host.Address, host => Complete(host, frames));
        return proposals with
        {
            Hosts = [.. proposals.Hosts.Select(host => completed[host.Address])],
            Others = [.. proposals.Others.Select(host => completed[host.Address])],
            Networks =
            [
                .. proposals.Networks.Select(network => network with
                {
                    Clients = [.. network.Clients.Select(client => completed[client.Address])],
                    Roles = [.. network.Roles.Select(role => role with { Example = completed[role.Example.Address] })],
                }),
            ],
        };
    }

    /// <summary>The comparison with the frames of <see cref="ToFetch"/>, by <see cref="FlowRecord.Id"/>.</summary>
    public static RoleComparison With(this RoleComparison comparison, IReadOnlyDictionary<ulong, FlowFrames> frames)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison with
        {
            Claims = [.. comparison.Claims.Select(claim =>
            claim.Found is { } found ? claim with { Found = Complete(found, frames) } : claim)]
        };
    }

    private static IEnumerable<HostProposal> All(RoleProposals proposals) =>
        proposals.Hosts.Concat(proposals.Others).Concat(proposals.Networks.SelectMany(network => network.Clients));

    private static HostProposal Complete(HostProposal host, IReadOnlyDictionary<ulong, FlowFrames> frames) => host with
    {
        Roles = [.. host.Roles.Select(role => Complete(role, frames))],
        Doubtful = [.. host.Doubtful.Select(role => Complete(role, frames))],
    };

    private static RoleFound Complete(RoleFound role, IReadOnlyDictionary<ulong, FlowFrames> frames) =>
        role with { Evidence = [.. role.Evidence.Select(evidence => Complete(evidence, frames))] };

    private static RoleEvidence Complete(RoleEvidence evidence, IReadOnlyDictionary<ulong, FlowFrames> frames) =>
        evidence.Frame is null && frames.TryGetValue(evidence.First.Id, out var found)
            && found.Frames is [var first, ..] ? evidence with { Frame = first } : evidence;
}
