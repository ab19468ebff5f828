using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Retransmissions, reordering and gaps of a TCP connection; created at the first of them.</summary>
internal sealed class StreamLedger
{
    private StreamSide _low;
    private StreamSide _high;

    public ref StreamSide Of(Side side) => ref side == Side.Low ? ref _low : ref _high;

    /// <summary>Gaps in both directions closed early because there were too many.</summary>
    public long HolesClosedEarly => _low.HolesClosedEarly + _high.HolesClosedEarly;

    public void Clear()
    {
        _low = default;
        _high = default;
    }
}
