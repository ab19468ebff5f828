using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Makes the records of flows that end, and of active flows for a snapshot.</summary>
internal sealed class FlowEnding(FlowDetailPool details, FlowRecordBuilder records, FlowIdentifier identifier,
    FlowExplainer explainer, NameObserver names, Action<FlowRecord> sink)
{
    public required PointTable Points { get; init; }

    public required EncapsulationTally Encapsulation { get; init; }

    /// <summary>The snapshot in progress; null when there is none.</summary>
    public FlowSnapshot? Look { get; set; }

    /// <summary>Makes the record of a flow that ends, counts it and passes it to the sink. Its last payload was
    /// examined.</summary>
    public void End(ref Flow flow, int slot, long latestNs)
    {
        var explanation = Settle(ref flow);
        var record = records.RecordOf(in flow, slot, explanation.Match, latestNs);
        var detail = details.Find(in flow);
        explainer.NoteUse(in flow, explanation);
        names.NoteHandshake(in flow, record);
        Points.Count(flow.Key.Point, record, flow, detail);
        Encapsulation.Add(record, flow.Has(FlowFlags.VlanOfCarrier));
        if (Look is { } look && slot >= look.Next)
            look.Add(record, flow, detail);
        if (flow.DetailNumber != 0)
        {
            identifier.ReleaseNotes(ref flow);
            details.Return(ref flow);
        }

        sink(record);
    }

    /// <summary>Adds an active flow to the snapshot, unchanged. Its protocol and its originator may still
    /// change.</summary>
    public void LookAt(Flow flow, int slot, long latestNs)
    {
        var explanation = Settle(ref flow);
        var record = records.RecordOf(in flow, slot, explanation.Match, latestNs);
        if (record.Outcome == Outcome.Undecided)
            return;
        explainer.NoteUse(in flow, explanation, isUnderWay: true);
        Look!.Add(record, flow, details.Find(in flow));
    }

    /// <summary>Settles what only a complete flow shows: stream gaps, and the originator where an announcement decides
    /// it.</summary>
    private FlowExplanation Settle(ref Flow flow)
    {
        TcpTracker.End(ref flow, details.Find(in flow)?.Ledger);
        var explanation = explainer.Match(in flow);
        if (explanation.IsByOriginator)
            FlowDirection.Settle(ref flow, flow.Responder, DirectionBasis.Announcement);
        return explanation;
    }
}
