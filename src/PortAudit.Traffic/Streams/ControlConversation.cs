using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>A conversation that a tracker follows.</summary>
/// <param name="row">Row of its protocol, which has a tracker.</param>
/// <param name="number">Index of that row in the registry plus one.</param>
internal sealed class ControlConversation(ProtocolRow row, int number)
{
    private ControlStream? _low;
    private ControlStream? _high;

    /// <summary>Row of its protocol.</summary>
    public ProtocolRow Row => row;

    /// <summary>Index of <see cref="Row"/> in the registry plus one, as flows keep it.</summary>
    public int Number => number;

    /// <summary>The tracker.</summary>
    public IDynamicPortTracker Tracker { get; } = row.Tracker!();

    /// <summary>What the low endpoint of the flow's key sends over TCP. Made at the first question: most conversations
    /// are of datagrams.</summary>
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
