using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>The flows by which a host met one mark, of the strongest basis only. Bounded; independent of the order of
/// flows and unions.</summary>
internal sealed class MarkTally : IArchived
{
    /// <summary>Peers kept of a mark, the lowest.</summary>
    public const int MaximumPeers = 100;

    /// <summary>Ports kept at most, the lowest.</summary>
    public const int MaximumPorts = 8;

    public EvidenceBasis Basis { get; private set; }

    /// <summary>Flows with that basis; one seen at two capture points counts twice.</summary>
    public long Flows { get; private set; }

    /// <summary>End of the last of them, in nanoseconds since the Unix epoch.</summary>
    public long LastNs { get; private set; } = long.MinValue;

    /// <summary>The first of them; null if none.</summary>
    public FlowRecord? First { get; private set; }

    public BottomKSet<IpAddress> Peers { get; private set; } = new(MaximumPeers);

    public BottomKSet<(IpProtocol Transport, ushort Port)> Ports { get; private set; } = new(MaximumPorts);

    public void Add(in ServiceUse use, IpAddress peer, EvidenceBasis basis)
    {
        if (!Reaches(basis))
            return;
        Flows += use.Flow.Count;
        LastNs = Math.Max(LastNs, use.Flow.EndNs);
        First = Earlier(First, use.Flow);
        Peers.Add(peer);
        Ports.Add((use.Transport, use.Port));
    }

    public void UnionWith(MarkTally other)
    {
        if (other.First is null || !Reaches(other.Basis))
            return;
        Flows += other.Flows;
        LastNs = Math.Max(LastNs, other.LastNs);
        First = Earlier(First, other.First);
        Peers.UnionWith(other.Peers);
        Ports.UnionWith(other.Ports);
    }

    public void Persist(StateArchive archive)
    {
        Basis = archive.Word(Basis);
        Flows = archive.Number(Flows);
        LastNs = archive.Number(LastNs);
        First = archive.FlowOrNull(First);
        Peers.Persist(archive, StateValues.Address);
        Ports.Persist(archive,
            static (archive, port) => (archive.Transport(port.Transport), archive.Port(port.Port)));
    }

    /// <summary>True when at least one peer is not a scanner, or there are too many to know.</summary>
    public bool HasPeerOtherThan(Func<IpAddress, bool> scanners) =>
        Peers.IsOverflown || Peers.Kept.Any(peer => !scanners(peer));

    /// <summary>True when flows with this basis count; a stronger basis discards the weaker flows.</summary>
    private bool Reaches(EvidenceBasis basis)
    {
        if (First is not null && basis < Basis)
            return false;
        if (First is not null && basis > Basis)
        {
            (Flows, LastNs, First) = (0, long.MinValue, null);
            (Peers, Ports) =
                (new BottomKSet<IpAddress>(MaximumPeers), new BottomKSet<(IpProtocol, ushort)>(MaximumPorts));
        }

        Basis = basis;
        return true;
    }

    private static FlowRecord Earlier(FlowRecord? one, FlowRecord other) =>
        one is null || FlowOrder.ByStart.Compare(other, one) < 0 ? other : one;
}
