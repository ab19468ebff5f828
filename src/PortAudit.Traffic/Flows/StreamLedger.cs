using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>What did not come once and in order in a TCP connection. Only a connection with such a thing has
/// one.</summary>
internal sealed class StreamLedger
{
    private StreamSide _low;
    private StreamSide _high;

    /// <summary>What a side sent.</summary>
    public ref StreamSide Of(Side side) => ref side == Side.Low ? ref _low : ref _high;

    /// <summary>Holes of both directions that were closed early because there were too many.</summary>
    public long HolesClosedEarly => _low.HolesClosedEarly + _high.HolesClosedEarly;

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        _low = default;
        _high = default;
    }
}
