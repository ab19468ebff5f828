using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Tunnels;

/// <summary>Adds up what may be tunnels in messages of DNS, ICMP and WebSockets, whatever the verdict of their flows: a
/// rule that lets queries pass means names, no other traffic.</summary>
internal sealed class TunnelLedger : IArchived
{
    /// <summary>Clients and domains distinguished when tunnels are looked for, some kB each.</summary>
    public const int MaximumTallies = 4_096;

    private readonly BottomKMap<TunnelKey, TunnelTally> _tallies = new(MaximumTallies, TunnelKey.Order);

    /// <summary>True when there was more than is distinguished.</summary>
    public bool IsOverflown => _tallies.IsOverflown;

    /// <summary>The findings, one for each domain, or ICMP, and pair of roles.</summary>
    /// <param name="isExpired">Which exceptions of the site have expired.</param>
    public IEnumerable<FindingDraft> Findings(ImmutableArray<bool> isExpired) =>
        from entry in _tallies.Entries
        where entry.Key.Carrier != TunnelFindings.Dns || entry.Value.IsOfTunnel
        group entry.Value by entry.Key with { Client = default } into cause
        select TunnelFindings.Of(cause.Key, Union(cause), isExpired);

    /// <summary>Adds a flow; ignored when nothing in it can be a tunnel.</summary>
    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        foreach (var names in flow.CarriedNames)
            TallyOf(TunnelFindings.Dns, names.Domain, judgement)?.Add(judgement, names);
        if (flow.Transport.IsIcmp && flow is { Service: TunnelService.Name, ServiceBasis: IdentificationBasis.Payload })
            TallyOf(flow.Transport.ToString(), "", judgement)?.Add(judgement);
        if (flow is { Service: { } service, ServiceBasis: IdentificationBasis.Payload }
            && service.StartsWith(TunnelService.InWebSocket, StringComparison.Ordinal))
            TallyOf(TunnelFindings.WebSocket, service[TunnelService.InWebSocket.Length..], judgement)?.Add(judgement);
    }

    public void UnionWith(TunnelLedger other) =>
        _tallies.UnionWith(other._tallies, static _ => new TunnelTally(),
            static (own, theirs) => own.UnionWith(theirs));

    public void Persist(StateArchive archive) => _tallies.Persist(archive, TunnelKey.Persisted,
        StateArchive.Making<TunnelKey, TunnelTally>(static _ => new TunnelTally()));

    private TunnelTally? TallyOf(string carrier, string domain, Judgement judgement) => _tallies.GetOrAdd(
        new TunnelKey(carrier, domain, judgement.FromRole, judgement.ToRole, judgement.Originator.Address),
        static () => new TunnelTally());

    private static TunnelTally Union(IEnumerable<TunnelTally> tallies)
    {
        var union = new TunnelTally();
        foreach (var tally in tallies)
            union.UnionWith(tally);
        return union;
    }
}
