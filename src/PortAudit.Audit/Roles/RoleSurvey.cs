using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Watches flows for the signs of roles. Flows may come in any order.</summary>
public sealed class RoleSurvey
{
    private readonly CatalogSet _catalogs;
    private readonly RoleTree _roles;
    private readonly RoleLedger _ledger;
    private readonly MediaLedger _media = new();
    private readonly LinkVlans _vlans = new();
    private readonly LinkSides _sides = new();
    private readonly BottomKMap<IpAddress, BottomKSet<ushort>> _answering =
        new(RoleLedger.MaximumHosts, RoleLedger.PrivateFirst);
    private readonly BottomKSet<IpAddress> _public = new(RoleLedger.MaximumHosts);
    private readonly BottomKSet<IpAddress> _active = new(RoleLedger.MaximumHosts, RoleLedger.PrivateFirst);

    /// <summary>Prepares the signs of <paramref name="catalogs"/>.</summary>
    public RoleSurvey(CatalogSet catalogs)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        _catalogs = catalogs;
        _roles = new RoleTree(catalogs);
        _ledger = new RoleLedger(new SignIndex(catalogs));
    }

    /// <summary>Adds a flow.</summary>
    public void Add(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _ledger.Add(flow);
        _media.Add(flow);
        _vlans.Add(flow);
        if (flow.IsOnlyAccepted())
            _answering.GetOrAdd(flow.Responder.Address, () => new BottomKSet<ushort>(AnsweringHost.MaximumPorts))?
                .Add(flow.Responder.Port);
        AddIfPublic(flow.Originator.Address);
        AddIfPublic(flow.Responder.Address);
        if (flow.Out.Packets > 0)
            _active.Add(flow.Originator.Address);
        if (flow.In.Packets > 0)
            _active.Add(flow.Responder.Address);
    }

    /// <summary>Adds the link address of a host (<see cref="ObserverOptions.SeenOnLink"/>).</summary>
    public void Add(LinkSighting seen) => _sides.Add(seen);

    /// <summary>What the flows propose for a site file.</summary>
    /// <param name="observation">What was read.</param>
    /// <param name="minimum">Least confidence with which a role is proposed.</param>
    public RoleProposals Propose(ObservationSummary observation, Confidence minimum)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var proposals = new RoleProposer(_catalogs, _roles, _ledger, _media)
            .Propose(observation, minimum, _answering.Entries);
        ImmutableArray<Prefix> prefixes = [.. proposals.InternalPrefixes.Concat(proposals.PerimeterPrefixes)
            .OrderBy(prefix => prefix.Address)];
        var vlans = _vlans.Of(prefixes);
        var sides = _sides.Of(prefixes);
        return proposals with
        {
            Vlans = vlans,
            Sides = PrefixSide.Distinct(sides),
            SideSegments = SideSegment.Of(sides.Where(side => proposals.InternalPrefixes.Contains(side.Prefix)
                && !vlans.Any(vlan => vlan.Prefixes.Contains(side.Prefix)))),
            PublicPeers = _public.Kept.Count,
            HasMorePublicPeers = _public.IsOverflown,
        };
    }

    private void AddIfPublic(IpAddress address)
    {
        if (address.IsUnicast && !address.IsUnspecified && !AddressScope.IsInternal(address))
            _public.Add(address);
    }

    /// <summary>What the flows say of a site's claims.</summary>
    /// <param name="site">The site.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="minimum">Least confidence with which a role is compared with the site.</param>
    public RoleComparison Compare(SiteFile site, ObservationSummary observation, Confidence minimum)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(observation);
        return new ClaimJudge(_catalogs, _roles, _ledger, site).Compare(_active.Kept, observation, minimum);
    }
}
