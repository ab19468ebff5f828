using PortAudit.Audit.Coverage;
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
internal sealed class ReachJudge(Observability observability, AnswerLedger answers, HostDirectory directory,
    VlanPairs vlans)
{
    /// <summary>Whether it arrived.</summary>
    public Reach Of(Connection connection)
    {
        var flow = connection.Flow;
        var alone = flow.Reach;
        if (alone == Reach.Reached || !flow.Responder.Address.IsUnicast)
            return alone;
        // A device that names itself in ICMP stands behind all points that recorded what it rejects.
        if (alone == Reach.Stopped && flow.Reset is null)
            return Reach.Stopped;
        if (connection.Points.Length > 1)
            return Reach.Reached;
        if (alone == Reach.Stopped)
            return Reach.Stopped;
        return flow.Outcome is Outcome.Unanswered or Outcome.Undecided && IsStopped(flow)
            ? Reach.Stopped
            : Reach.Unknown;
    }

    private bool IsStopped(FlowRecord flow)
    {
        if (vlans.AreAt(flow.CapturePoint))
            return false;
        if (!observability.PointsWithout(flow, directory.Resolve(flow.Originator.Address),
            directory.Resolve(flow.Responder.Address)).IsEmpty)
            return true;
        return flow is { Outcome: Outcome.Unanswered, SynCount: > 0 } && flow.Transport == IpProtocol.Tcp
            && answers.HasAnsweredOthers(flow);
    }
}
