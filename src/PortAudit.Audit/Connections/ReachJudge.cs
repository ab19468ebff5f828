using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Connections;

/// <summary>Says whether connections arrived, by what all capture points recorded and what the responder answered
/// others.</summary>
/// <param name="observability">What could have been seen where.</param>
/// <param name="answers">When hosts answered.</param>
/// <param name="directory">Who has which address.</param>
/// <param name="vlans">Where directions were recorded under different VLANs.</param>
/// <param name="dropped">Flows of which it is proved that a device between two points dropped them, by number.</param>
internal sealed class ReachJudge(Observability observability, AnswerLedger answers, HostDirectory directory,
    VlanPairs vlans, IReadOnlySet<ulong> dropped)
{
    /// <summary>The judgement of a connection, with its reach according to all points and answers.</summary>
    public Judgement Settle(Judgement judgement, Connection connection)
    {
        var (reach, basis) = Of(connection);
        return judgement with
        {
            Observed = connection.Flow,
            SettledReach = reach,
            ReachBasis = basis,
            Elsewhere = connection.Elsewhere,
        };
    }

    private (Reach Reach, ReachBasis Basis) Of(Connection connection)
    {
        var flow = connection.Flow;
        var alone = (flow.Reach, ReachBasis.FlowAlone);
        if (flow is { Outcome: Outcome.Refused, Reset.Origin: ResetOrigin.Unknown } && connection.Points is [_]
            && IsMissedBeyond(flow))
            return (Reach.Stopped, ReachBasis.NotRecordedBeyond);
        if (flow.Reach == Reach.Reached || !flow.Responder.Address.IsUnicast)
            return alone;
        // A device that identifies itself in ICMP is behind all points that recorded what it rejects.
        if (flow.Reach == Reach.Stopped && flow.Reset is null)
            return alone;
        if (connection.Points.Length > 1)
            return (Reach.Reached, ReachBasis.RecordedBeyond);
        return flow.Outcome is Outcome.Unanswered or Outcome.Undecided && WhyStopped(flow) is { } basis
            ? (Reach.Stopped, basis)
            : alone;
    }

    private ReachBasis? WhyStopped(FlowRecord flow)
    {
        if (vlans.AreAt(flow.CapturePoint))
            return null;
        if (dropped.Contains(flow.Id) || IsMissedBeyond(flow))
            return ReachBasis.NotRecordedBeyond;
        var isTried = flow is { Outcome: Outcome.Unanswered, SynCount: > 0 } && flow.Transport == IpProtocol.Tcp;
        return isTried && answers.HasAnsweredOthers(flow) ? ReachBasis.AnsweredOthers : null;
    }

    private bool IsMissedBeyond(FlowRecord flow) => !observability.PointsWithout(flow,
        directory.Resolve(flow.Originator.Address), directory.Resolve(flow.Responder.Address)).IsEmpty;
}
