using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;

namespace PortAudit.Traffic.Announcements;

/// <summary>A conversation that a tracker follows.</summary>
/// <param name="place">Place of its tracker in <see cref="DynamicPortTrackers.Rows"/>.</param>
internal sealed class ControlConversation(int place)
{
    private ControlStream? _low;
    private ControlStream? _high;

    /// <summary>Place of its tracker in <see cref="DynamicPortTrackers.Rows"/>.</summary>
    public int Place => place;

    /// <summary>The tracker.</summary>
    public IDynamicPortTracker Tracker { get; } = DynamicPortTrackers.Rows[place].Begin();

    /// <summary>What the low endpoint of the flow's key sends over TCP. Made at the first question: most conversations are of datagrams.</summary>
    public ControlStream Low => _low ??= new ControlStream();

    /// <summary>What the high endpoint sends.</summary>
    public ControlStream High => _high ??= new ControlStream();

    /// <summary>What a side sends.</summary>
    public ControlStream Of(Side side) => side == Side.Low ? Low : High;

    /// <summary>Identifier of the flow.</summary>
    public ulong FlowId { get; set; }

    /// <summary>The latest segment that was shown; number 0 before the first.</summary>
    public FrameReference Latest { get; set; }

    /// <summary>Makes it as new.</summary>
    public void Clear(BufferPool pool)
    {
        Tracker.Clear();
        Latest = default;
        _low?.Clear(pool);
        _high?.Clear(pool);
    }
}
