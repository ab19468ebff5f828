using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Passages;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Connections;

/// <summary>Makes connections of flows: what several capture points recorded of one is one, though a device between
/// them translated its addresses.</summary>
internal sealed class ConnectionJoin
{
    private static readonly Comparer<FlowRecord> ByKnowledge = Comparer<FlowRecord>.Create((a, b) =>
    {
        var order = OutcomeRank(a).CompareTo(OutcomeRank(b));
        if (order == 0)
            order = ProofRank(a).CompareTo(ProofRank(b));
        if (order == 0)
            order = b.DirectionBasis.CompareTo(a.DirectionBasis);
        if (order == 0)
            order = PacketsOf(b).CompareTo(PacketsOf(a));
        return order != 0 ? order : FlowOrder.ByStart.Compare(a, b);
    });

    private readonly List<Connection> _parts = [];
    private readonly Dictionary<ulong, int> _groupOf = [];
    private readonly List<List<int>> _groups = [];
    private readonly Dictionary<int, (Endpoint Originator, Endpoint Responder)> _realEndpoints = [];

    private ConnectionJoin(IEnumerable<FlowRecord> flows, VlanPairs vlans)
    {
        foreach (var same in flows.GroupBy(PairingKeys.EndpointsInOrder))
        {
            if (same.Skip(1).Any())
                _parts.AddRange(VlanHalves.Join([.. same], vlans));
            else
                _parts.Add(new Connection(same.First(), []));
        }
    }

    /// <summary>The connections of flows, by start.</summary>
    /// <param name="flows">The flows.</param>
    /// <param name="vlans">Receives the pairs of VLANs of which each carries one direction.</param>
    /// <param name="order">Capture points in the order in which packets pass them.</param>
    /// <param name="pairings">What each two points recorded.</param>
    public static ImmutableArray<Connection> Of(IEnumerable<FlowRecord> flows, VlanPairs vlans,
        ImmutableArray<string> order, out ImmutableArray<PointPairing> pairings)
    {
        var join = new ConnectionJoin(flows, vlans);
        pairings = PointPairing.Of(join._parts.Select(part => part.Flow), order);
        return join.Join(pairings);
    }

    private ImmutableArray<Connection> Join(ImmutableArray<PointPairing> pairings)
    {
        for (var part = 0; part < _parts.Count; part++)
        {
            _groupOf[_parts[part].Flow.Id] = part;
            _groups.Add([part]);
        }

        foreach (var pairing in pairings)
        {
            foreach (var pair in pairing.Paired.Pairs)
                Unite(pair, pairing.Sides);
        }

        return [.. _groups.Where(group => group.Count > 0).Select(United)
            .OrderBy(connection => connection.Flow, FlowOrder.ByStart)];
    }

    /// <summary>A proxy's two connections stay two: each end of them spoke to the proxy. So do two that have nothing in
    /// common but their payload, which may be a request that is made often.</summary>
    private void Unite(FlowPair pair, PointSides sides)
    {
        if (pair.Basis == PairingBasis.Payload
            || (!pair.IsSameStream && pair.Handshake != HandshakeChange.AnsweredFirst))
            return;
        var (one, other) = (_groupOf[pair.First.Id], _groupOf[pair.Second.Id]);
        if (one == other || PointsOf(one).Intersect(PointsOf(other), StringComparer.Ordinal).Any())
            return;
        foreach (var part in _groups[other])
            _groupOf[_parts[part].Flow.Id] = one;
        _groups[one].AddRange(_groups[other]);
        _groups[other].Clear();
        var (near, far) = sides.IsOriginatorFirst(pair) ? (pair.First, pair.Second) : (pair.Second, pair.First);
        if (near.Originator != far.Originator || near.Responder != far.Responder)
            _realEndpoints[one] = (near.Originator, far.Responder);
    }

    private IEnumerable<string> PointsOf(int group) => _groups[group].Select(part => _parts[part].Flow.CapturePoint);

    private Connection United(List<int> group)
    {
        if (group is [var only])
            return _parts[only];
        var parts = group.Select(part => _parts[part]).ToList();
        var best = parts.MinBy(part => part.Flow, ByKnowledge)!;
        var united = best with
        {
            Elsewhere = [.. best.Elsewhere, .. parts.Where(part => part != best).SelectMany(part => part.Flows)],
        };
        if (!_realEndpoints.TryGetValue(_groupOf[best.Flow.Id], out var real))
            return united;
        var isTurned = best.Flow.Originator == real.Responder || best.Flow.Responder == real.Originator;
        return united with
        {
            Judged = (isTurned ? best.Flow.Turn() : best.Flow) with
            {
                Originator = real.Originator,
                Responder = real.Responder,
            },
        };
    }

    /// <summary>A conversation ranks above a refusal, and that above silence.</summary>
    private static int OutcomeRank(FlowRecord flow) => flow.Outcome switch
    {
        Outcome.Established => 0,
        Outcome.Midstream => 1,
        Outcome.HalfOpen => 2,
        Outcome.Refused => 3,
        Outcome.Rejected => 4,
        Outcome.OneWay => 5,
        Outcome.Unanswered => 6,
        Outcome.Undecided => 7,
    };

    private static int ProofRank(FlowRecord flow) => ProtocolComparison.IsProof(flow.ProtocolBasis) ? 0 : 1;

    private static long PacketsOf(FlowRecord flow) => flow.Out.Packets + flow.In.Packets;
}
