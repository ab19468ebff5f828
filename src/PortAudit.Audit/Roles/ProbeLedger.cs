using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Who tries more than it gets: what a scanner asks for says nothing of what it is, and what answers a scanner
/// alone says little.</summary>
internal sealed class ProbeLedger : IArchived
{
    /// <summary>Different ends that a host tried in vain from which on it is a scanner: a client of a broken service
    /// tries a few.</summary>
    public const int ScannedEnds = 20;

    /// <summary>Hosts that are followed at most: those of private use first.</summary>
    public const int MaximumHosts = 16_384;

    private readonly BottomKMap<IpAddress, Tally> _hosts = new(MaximumHosts, RoleLedger.PrivateFirst);

    /// <summary>Adds a flow.</summary>
    public void Add(FlowRecord flow)
    {
        if (_hosts.GetOrAdd(flow.Originator.Address, () => new Tally()) is not { } tally)
            return;
        if (!ServiceUse.IsProbe(flow))
        {
            tally.Answered++;
            return;
        }

        tally.InVain++;
        tally.Ends.Add(flow.Responder);
    }

    /// <summary>Adds the flows of <paramref name="other"/>, which stays as it is.</summary>
    public void UnionWith(ProbeLedger other) => _hosts.UnionWith(other._hosts, _ => new Tally(), (mine, theirs) =>
    {
        mine.Answered += theirs.Answered;
        mine.InVain += theirs.InVain;
        mine.Ends.UnionWith(theirs.Ends);
    });

    /// <inheritdoc />
    public void Persist(StateArchive archive) =>
        _hosts.Persist(archive, StateValues.Address, StateArchive.Making<IpAddress, Tally>(static _ => new Tally()));

    /// <summary>True for a host that tried many ends in vain, and more often so than not.</summary>
    public bool IsScanner(IpAddress address) =>
        _hosts.Find(address) is { } tally && tally.Ends.Kept.Count >= ScannedEnds && tally.InVain > tally.Answered;

    private sealed class Tally : IArchived
    {
        public long Answered { get; set; }

        public long InVain { get; set; }

        public BottomKSet<Endpoint> Ends { get; } = new(ScannedEnds);

        public void Persist(StateArchive archive)
        {
            Answered = archive.Number(Answered);
            InVain = archive.Number(InVain);
            Ends.Persist(archive, StateValues.Endpoint);
        }
    }
}
