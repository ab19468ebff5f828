using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>
/// The flows by which a host met one mark, added up: those of the strongest ground that was there, for weaker ones add
/// nothing to it. Bounded, and the same whatever the order of flows and of unions.
/// </summary>
internal sealed class MarkTally : IArchived
{
    /// <summary>Peers kept of a mark, the lowest.</summary>
    public const int MaximumPeers = 100;

    /// <summary>Ports that are kept at most, the lowest.</summary>
    public const int MaximumPorts = 8;

    /// <summary>What the flows rest on.</summary>
    public EvidenceBasis Ground { get; private set; }

    /// <summary>Number of flows of that ground; a flow that two capture points saw counts twice.</summary>
    public long Flows { get; private set; }

    /// <summary>End of the last of them, in nanoseconds since the Unix epoch.</summary>
    public long LastNs { get; private set; } = long.MinValue;

    /// <summary>The first of them; null without any.</summary>
    public FlowRecord? First { get; private set; }

    /// <summary>The hosts at the other end.</summary>
    public BottomKSet<IpAddress> Peers { get; private set; } = new(MaximumPeers);

    /// <summary>Transport and port of the answering end.</summary>
    public BottomKSet<(IpProtocol Transport, ushort Port)> Places { get; private set; } = new(MaximumPorts);

    /// <summary>Adds a flow.</summary>
    public void Add(in ServiceUse use, IpAddress peer, EvidenceBasis ground)
    {
        if (!Reaches(ground))
            return;
        Flows++;
        LastNs = Math.Max(LastNs, use.Flow.EndNs);
        First = Earlier(First, use.Flow);
        Peers.Add(peer);
        Places.Add((use.Transport, use.Port));
    }

    /// <summary>Adds the flows of <paramref name="other"/>, which stays as it is.</summary>
    public void UnionWith(MarkTally other)
    {
        if (other.First is null || !Reaches(other.Ground))
            return;
        Flows += other.Flows;
        LastNs = Math.Max(LastNs, other.LastNs);
        First = Earlier(First, other.First);
        Peers.UnionWith(other.Peers);
        Places.UnionWith(other.Places);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        Ground = archive.Word(Ground);
        Flows = archive.Number(Flows);
        LastNs = archive.Number(LastNs);
        First = archive.FlowOrNull(First);
        Peers.Persist(archive, StateValues.Address);
        Places.Persist(archive,
            static (archive, place) => (archive.Transport(place.Transport), archive.Port(place.Port)));
    }

    /// <summary>True when at least one peer is none of <paramref name="scanners"/>, or there are too many to
    /// tell.</summary>
    public bool HasPeerBeside(Func<IpAddress, bool> scanners) =>
        Peers.IsOverflown || Peers.Kept.Any(peer => !scanners(peer));

    /// <summary>True when flows of this ground count; a stronger one takes the place of all that was there.</summary>
    private bool Reaches(EvidenceBasis ground)
    {
        if (First is not null && ground < Ground)
            return false;
        if (First is not null && ground > Ground)
        {
            (Flows, LastNs, First) = (0, long.MinValue, null);
            (Peers, Places) =
                (new BottomKSet<IpAddress>(MaximumPeers), new BottomKSet<(IpProtocol, ushort)>(MaximumPorts));
        }

        Ground = ground;
        return true;
    }

    private static FlowRecord Earlier(FlowRecord? one, FlowRecord other) =>
        one is null || FlowOrder.ByStart.Compare(other, one) < 0 ? other : one;
}
