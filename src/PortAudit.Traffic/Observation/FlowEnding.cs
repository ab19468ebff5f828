using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Makes the records of flows that end, and of those that a look shows as they stand.</summary>
/// <param name="details">Has what is kept of flows, and gets it back.</param>
/// <param name="records">Makes the records.</param>
/// <param name="identifier">Gets its notes back.</param>
/// <param name="explainer">Knows what was announced.</param>
/// <param name="names">Reads the names of handshakes.</param>
/// <param name="sink">Receives the records of flows that ended.</param>
internal sealed class FlowEnding(FlowDetailPool details, FlowRecordBuilder records, FlowIdentifier identifier,
    FlowExplainer explainer, NameObserver names, Action<FlowRecord> sink)
{
    /// <summary>The capture points, for which flows are counted.</summary>
    public required PointTable Points { get; init; }

    /// <summary>VLANs and tunnels, for which flows are counted.</summary>
    public required EncapsulationTally Encapsulation { get; init; }

    /// <summary>The look that goes on; null when there is none.</summary>
    public FlowSnapshot? Look { get; set; }

    /// <summary>Makes the record of a flow that ends, counts it and hands it over.</summary>
    /// <param name="flow">The flow, whose last payload was examined.</param>
    /// <param name="place">Its place in the flow table.</param>
    /// <param name="latestNs">The latest time that was seen.</param>
    public void End(ref Flow flow, int place, long latestNs)
    {
        var explanation = Settle(ref flow);
        var record = records.RecordOf(in flow, explanation.Match, latestNs);
        var detail = details.Find(in flow);
        explainer.NoteUse(in flow, explanation);
        names.NoteHandshake(in flow, record);
        Points.Count(flow.Key.Point, record, flow, detail);
        Encapsulation.Add(record, flow.Has(FlowFlags.VlanOfCarrier));
        if (Look is { } look && place >= look.Next)
            look.Add(record, flow, detail);
        if (flow.DetailNumber != 0)
        {
            identifier.ReleaseNotes(ref flow);
            details.Return(ref flow);
        }

        sink(record);
    }

    /// <summary>Makes a record of a flow as it stands, and leaves the flow as it is. What its protocol is, and who
    /// opened it, may still change.</summary>
    /// <param name="flow">A copy of the flow.</param>
    /// <param name="latestNs">The latest time that was seen.</param>
    public void LookAt(Flow flow, long latestNs)
    {
        var explanation = Settle(ref flow);
        var record = records.RecordOf(in flow, explanation.Match, latestNs);
        if (record.Outcome == Outcome.Undecided)
            return;
        explainer.NoteUse(in flow, explanation, isUnderWay: true);
        Look!.Add(record, flow, details.Find(in flow));
    }

    /// <summary>Settles what only a whole flow can show: what its streams lack, and who opened it where an announcement
    /// says so.</summary>
    private FlowExplanation Settle(ref Flow flow)
    {
        TcpTracker.End(ref flow, details.Find(in flow)?.Ledger);
        var explanation = explainer.Match(in flow);
        if (explanation.IsByOriginator)
            FlowDirection.Settle(ref flow, flow.Responder, DirectionBasis.Announcement);
        return explanation;
    }
}
