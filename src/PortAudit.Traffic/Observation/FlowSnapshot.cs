using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>A snapshot of all active flows, taken in slices so that packets need not wait. Each flow is reported once:
/// as it stands when its slot is reached, or as it ended if it ends before. Flows that begin meanwhile may be included.
/// Adds the active flows to the sums of those that had ended when the snapshot began.</summary>
/// <param name="points">Capture points, with the flows that had ended; added to.</param>
/// <param name="encapsulation">VLANs and tunnels, likewise.</param>
/// <param name="sink">Receives the flows.</param>
internal sealed class FlowSnapshot(PointTable points, EncapsulationTally encapsulation, Action<FlowRecord> sink)
{
    /// <summary>First slot of the flow table that was not visited yet.</summary>
    public int Next { get; private set; }

    /// <summary>Capture points, with the active flows.</summary>
    public PointTable Points => points;

    /// <summary>VLANs and tunnels, with the active flows.</summary>
    public EncapsulationTally Encapsulation => encapsulation;

    /// <summary>Calls <paramref name="lookAt"/> with each flow in the next slots of the table. True when all are
    /// visited.</summary>
    public bool Continue(FlowTable table, int slots, Action<int> lookAt)
    {
        var from = Next;
        Next = (int)Math.Min(int.MaxValue, (long)from + slots);
        table.Look(from, slots, lookAt);
        return Next >= table.Slots;
    }

    public void Add(FlowRecord record, in Flow flow, FlowDetail? detail)
    {
        // By name: a point that appeared after the snapshot began has no number here.
        points.Count(points.IndexOf(record.CapturePoint), record, flow, detail);
        encapsulation.Add(record, flow.Has(FlowFlags.VlanOfCarrier));
        sink(record);
    }
}
