using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>A conversation followed by a tracker.</summary>
/// <param name="row">Its protocol, which has a tracker.</param>
/// <param name="number">Registry index of the row plus one.</param>
internal sealed class ControlConversation(ProtocolRow row, int number)
{
    private ControlStream? _low;
    private ControlStream? _high;

    public ProtocolRow Row => row;

    /// <summary>Registry index of <see cref="Row"/> plus one, as in flows.</summary>
    public int Number => number;

    public IDynamicPortTracker Tracker { get; } = row.Tracker!();

    /// <summary>TCP stream of the low endpoint, created at first use: most conversations are datagrams.</summary>
    public ControlStream Low => _low ??= new ControlStream();

    /// <summary>TCP stream of the high endpoint.</summary>
    public ControlStream High => _high ??= new ControlStream();

    public ControlStream Of(Side side) => side == Side.Low ? Low : High;

    public ulong FlowId { get; set; }

    /// <summary>The latest segment; number 0 before the first.</summary>
    public FrameReference Latest { get; set; }

    public void Clear(BufferPool pool)
    {
        Tracker.Clear();
        Latest = default;
        _low?.Clear(pool);
        _high?.Clear(pool);
    }
}
