using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>A host that is proposed: nothing of it is fact until a person confirms it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Names">Names of it that were seen, the preferred one first. They are text from the network.</param>
/// <param name="Roles">Roles of at least the confidence asked for; empty for a host that is not proposed.</param>
/// <param name="Doubtful">Roles of less confidence.</param>
/// <param name="Unnamed">What it serves that no sign of <paramref name="Roles"/> asks for, the first of it.</param>
public sealed record HostProposal(
    IpAddress Address, ImmutableArray<NameSighting> Names, ImmutableArray<RoleFound> Roles,
    ImmutableArray<RoleFound> Doubtful, ImmutableArray<ObservedService> Unnamed);

/// <summary>A network of clients that is proposed.</summary>
/// <param name="Prefix">The network: of one address when one client was seen, else of the usual size.</param>
/// <param name="Clients">Clients seen in it, ascending.</param>
/// <param name="Roles">Its roles, each with the clients that showed it.</param>
public sealed record NetworkProposal(Prefix Prefix, ImmutableArray<HostProposal> Clients,
    ImmutableArray<RoleCount> Roles);

/// <summary>How many clients of a network showed a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Title">Its title.</param>
/// <param name="Confidence">The highest confidence of one client.</param>
/// <param name="Clients">Number of clients.</param>
/// <param name="Example">The first of those with that confidence.</param>
public sealed record RoleCount(string Role, string Title, Confidence Confidence, int Clients, HostProposal Example);

/// <summary>What the behaviour in captures proposes for a site file.</summary>
public sealed record RoleProposals
{
    /// <summary>Identifiers of the catalogs whose signs were compared with behaviour.</summary>
    public required ImmutableArray<string> Considered { get; init; }

    /// <summary>Identifiers of the few catalogs that explain most of what was seen and together define all proposed
    /// roles; the one with the most roles when no role is proposed.</summary>
    public required ImmutableArray<string> Catalogs { get; init; }

    /// <summary>The confidence from which on a role is proposed.</summary>
    public required Confidence Minimum { get; init; }

    /// <summary>The hosts that are proposed, by address.</summary>
    public required ImmutableArray<HostProposal> Hosts { get; init; }

    /// <summary>The networks of clients that are proposed, by prefix.</summary>
    public required ImmutableArray<NetworkProposal> Networks { get; init; }

    /// <summary>Hosts that did something and are not proposed: too little or no evidence for a role, or a public
    /// address. Those of private use first.</summary>
    public required ImmutableArray<HostProposal> Others { get; init; }

    /// <summary>Public unicast addresses of flows, whether they answered or not, at most
    /// <see cref="RoleLedger.MaximumHosts"/>: none is proposed as a host of the site.</summary>
    public long PublicPeers { get; init; }

    /// <summary>True when there were more than <see cref="PublicPeers"/>.</summary>
    public bool HasMorePublicPeers { get; init; }

    /// <summary>Hosts that tried much and got little; what they asked for counts for nothing.</summary>
    public required ImmutableArray<IpAddress> Scanners { get; init; }

    /// <summary>Prefixes of private use in which hosts were seen, ascending.</summary>
    public required ImmutableArray<Prefix> InternalPrefixes { get; init; }

    /// <summary>Prefixes of hosts that serve public addresses, ascending.</summary>
    public required ImmutableArray<Prefix> PerimeterPrefixes { get; init; }

    /// <summary>Those of these prefixes of which the VLAN is known, by VLAN.</summary>
    public ImmutableArray<VlanPrefixes> Vlans { get; init; } = [];

    /// <summary>On which side of a router these prefixes are, by prefix; without those of which no link address
    /// tells.</summary>
    public ImmutableArray<PrefixSide> Sides { get; init; } = [];

    /// <summary>Those of <see cref="InternalPrefixes"/> in no VLAN, by side; empty where nothing shows two
    /// sides.</summary>
    public ImmutableArray<SideSegment> SideSegments { get; init; } = [];

    /// <summary>Roles of the catalogs without a sign, ascending.</summary>
    public required ImmutableArray<string> RolesWithoutSigns { get; init; }

    /// <summary>Why nothing is proposed, one sentence; null when something is.</summary>
    public required string? WhyEmpty { get; init; }

    /// <summary>True when not all hosts are kept.</summary>
    public required bool HasMoreHosts { get; init; }

    /// <summary>What was read.</summary>
    public required ObservationSummary Observation { get; init; }

    /// <summary>Site rules for ordinary services by which roles were recognised and which no rule of
    /// <see cref="Catalogs"/> covers, by identifier.</summary>
    public ImmutableArray<RuleProposal> Rules { get; init; } = [];

    /// <summary>Hosts of private use without a proposal that accepted connections and said nothing in them, by
    /// address.</summary>
    public ImmutableArray<AnsweringHost> Answering { get; init; } = [];
}
