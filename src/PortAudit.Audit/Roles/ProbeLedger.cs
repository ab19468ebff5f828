using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Finds scanners: their requests do not identify their role, and a service that only a scanner reaches says
/// little.</summary>
internal sealed class ProbeLedger : IArchived
{
    /// <summary>Different endpoints from which on a host whose attempts fail is a scanner; a client of a broken service
    /// tries a few.</summary>
    public const int ScannedEndpoints = 20;

    /// <summary>Hosts that are followed at most: those of private use first.</summary>
    public const int MaximumHosts = 16_384;

    private readonly BottomKMap<IpAddress, Tally> _hosts = new(MaximumHosts, RoleLedger.PrivateFirst);

    public void Add(FlowRecord flow)
    {
        if (_hosts.GetOrAdd(flow.Originator.Address, () => new Tally()) is not { } tally)
            return;
        if (!ServiceUse.IsProbe(flow))
        {
            tally.Answered += flow.Count;
            return;
        }

        tally.Failed += flow.Count;
        tally.Endpoints.Add(flow.Responder);
    }

    public void UnionWith(ProbeLedger other) => _hosts.UnionWith(other._hosts, _ => new Tally(), (mine, theirs) =>
    {
        mine.Answered += theirs.Answered;
        mine.Failed += theirs.Failed;
        mine.Endpoints.UnionWith(theirs.Endpoints);
    });

    public void Persist(StateArchive archive) =>
        _hosts.Persist(archive, StateValues.Address, StateArchive.Making<IpAddress, Tally>(static _ => new Tally()));

    /// <summary>True for a host with failed attempts to many endpoints, and more failures than answers.</summary>
    public bool IsScanner(IpAddress address) =>
        _hosts.Find(address) is { } tally && tally.Endpoints.Kept.Count >= ScannedEndpoints
            && tally.Failed > tally.Answered;

    private sealed class Tally : IArchived
    {
        public long Answered { get; set; }

        public long Failed { get; set; }

        public BottomKSet<Endpoint> Endpoints { get; } = new(ScannedEndpoints);

        public void Persist(StateArchive archive)
        {
            Answered = archive.Number(Answered);
            Failed = archive.Number(Failed);
            Endpoints.Persist(archive, StateValues.Endpoint);
        }
    }
}
