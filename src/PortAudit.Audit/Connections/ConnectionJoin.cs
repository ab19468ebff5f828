using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Connections;

/// <summary>Makes connections of flows: what several capture points recorded at the same time between the same two
/// endpoints is one.</summary>
internal static class ConnectionJoin
{
    /// <summary>How far the clocks of two capture points may be apart: more than those that are set over the network
    /// are, and less than it takes a host to use a port again.</summary>
    private const long ClockToleranceNs = 5_000_000_000;

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

    /// <summary>The connections of flows, in the order of their keys and starts.</summary>
    /// <param name="flows">The flows.</param>
    /// <param name="vlans">Receives the pairs of VLANs of which each carries one direction.</param>
    public static IEnumerable<Connection> Of(IEnumerable<FlowRecord> flows, VlanPairs vlans)
    {
        foreach (var same in flows.GroupBy(KeyOf))
        {
            if (same.Skip(1).Any())
            {
                foreach (var connection in AcrossPoints(VlanHalves.Join([.. same], vlans)))
                    yield return connection;
            }
            else
                yield return new Connection(same.First(), []);
        }
    }

    /// <summary>Both endpoints in a fixed order, without the VLAN: it differs on the two sides of a router.</summary>
    private static (IpProtocol Transport, Endpoint Low, Endpoint High, string? Tunnel) KeyOf(FlowRecord flow)
    {
        var isOriginatorLow = flow.Originator.Address.CompareTo(flow.Responder.Address) is var order && order != 0
            ? order < 0
            : flow.Originator.Port <= flow.Responder.Port;
        return isOriginatorLow
            ? (flow.Transport, flow.Originator, flow.Responder, flow.Tunnel)
            : (flow.Transport, flow.Responder, flow.Originator, flow.Tunnel);
    }

    /// <summary>Each flow joins the connection that has none of its point yet and began nearest to it.</summary>
    private static IEnumerable<Connection> AcrossPoints(ImmutableArray<Connection> parts)
    {
        var open = new List<List<Connection>>();
        foreach (var part in parts.OrderBy(part => part.Flow, FlowOrder.ByStart))
        {
            var nearest = open.Where(connection => Fits(connection, part.Flow))
                .MinBy(connection => Math.Abs(connection[0].Flow.StartNs - part.Flow.StartNs));
            if (nearest is null)
                open.Add([part]);
            else
                nearest.Add(part);
        }

        return open.Select(United);
    }

    private static bool Fits(List<Connection> connection, FlowRecord flow) =>
        connection.TrueForAll(part => part.Flow.CapturePoint != flow.CapturePoint)
        && flow.StartNs - ClockToleranceNs <= connection.Max(part => part.Flow.EndNs)
        && flow.EndNs + ClockToleranceNs >= connection[0].Flow.StartNs;

    private static Connection United(List<Connection> parts)
    {
        if (parts is [var only])
            return only;
        var best = parts.MinBy(part => part.Flow, ByKnowledge)!;
        return best with
        {
            Elsewhere = [.. best.Elsewhere,
                .. parts.Where(part => part != best).SelectMany(part => part.Flows)],
        };
    }

    /// <summary>A conversation tells more than a refusal, and that more than silence.</summary>
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
