using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>
/// A look at all flows that are under way at one moment, taken in slices so that packets need not wait for it: each of
/// them comes once, as it stands when its turn comes or, when it ends before that, as it ended. Flows that begin
/// meanwhile may be among them. What is under way is added to the sums of what had ended when the look began.
/// </summary>
/// <param name="points">What had ended by then; added to.</param>
/// <param name="encapsulation">The same.</param>
/// <param name="sink">Receives the flows.</param>
internal sealed class FlowSnapshot(PointTable points, EncapsulationTally encapsulation, Action<FlowRecord> sink)
{
    /// <summary>First place of the flow table whose turn has not come.</summary>
    public int Next { get; private set; }

    /// <summary>The capture points with the flows under way.</summary>
    public PointTable Points => points;

    /// <summary>The VLANs and tunnels with the flows under way.</summary>
    public EncapsulationTally Encapsulation => encapsulation;

    /// <summary>Goes on for some places. True when all had their turn.</summary>
    /// <param name="table">The flow table.</param>
    /// <param name="places">How many places.</param>
    /// <param name="lookAt">Called with the places of flows.</param>
    public bool Continue(FlowTable table, int places, Action<int> lookAt)
    {
        var from = Next;
        Next = (int)Math.Min(int.MaxValue, (long)from + places);
        table.Look(from, places, lookAt);
        return Next >= table.Places;
    }

    /// <summary>Adds a flow.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="flow">The flow itself.</param>
    /// <param name="detail">Its detail; null when it has none.</param>
    public void Add(FlowRecord record, in Flow flow, FlowDetail? detail)
    {
        // By name: a point that began after the look has no number here.
        points.Count(points.IndexOf(record.CapturePoint), record, flow, detail);
        encapsulation.Add(record, flow.Has(FlowFlags.VlanOfCarrier));
        sink(record);
    }
}
