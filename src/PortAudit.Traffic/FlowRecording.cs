using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Flows;

namespace PortAudit.Traffic;

/// <summary>Makes records of flows, with what is known beside them: announcements, hop limits, and the names of capture points and tunnels.</summary>
/// <param name="records">Gives the records.</param>
/// <param name="details">What only some flows need.</param>
/// <param name="announcements">The announced ports.</param>
/// <param name="hopLimits">The hop limits of hosts.</param>
/// <param name="points">The capture points.</param>
/// <param name="tunnels">The tunnels.</param>
internal sealed class FlowRecording(FlowRecordPool records, FlowDetailPool details, AnnouncementObserver announcements, HopLimitObserver hopLimits, PointTable points, TunnelTable tunnels)
{
    private readonly HistoryTexts _histories = new();

    /// <summary>The record of a flow that has ended, or that is looked at as it stands.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="latestNs">Latest time of the capture, in nanoseconds since the Unix epoch.</param>
    /// <param name="holesClosedEarly">Holes of its streams that were closed early.</param>
    public FlowRecord RecordOf(ref Flow flow, long latestNs, out long holesClosedEarly)
    {
        var announcement = announcements.Match(ref flow);
        var detail = details.Find(in flow);
        TcpTracker.End(ref flow, detail?.Ledger);
        holesClosedEarly = detail?.Ledger?.HolesClosedEarly ?? 0;
        return FlowRecorder.Fill(records.Take(), in flow, detail, points.NameOf(flow.Key.Point), tunnels, _histories, announcement, hopLimits.ResetOf(in flow), latestNs);
    }

    /// <summary><see cref="FlowDetail.Twins"/> of a flow that begins where another one ends.</summary>
    /// <param name="ending">The flow of the same key that ends.</param>
    /// <param name="startNs">Start of the one that begins, in nanoseconds since the Unix epoch.</param>
    public int TwinsBehind(in Flow ending, long startNs) => ending.StartNs == startNs ? (details.Find(in ending)?.Twins ?? 0) + 1 : 0;
}
