using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>What one capture point can prove by not having recorded something: when it watched, and how much it
/// lost.</summary>
internal sealed class PointView
{
    /// <summary>How long a point must have watched before and after what it missed, in nanoseconds: longer than a
    /// device keeps a packet.</summary>
    private const long MarginNs = 50_000_000;

    /// <summary>The same if the clock difference is unknown and the clocks are assumed to be set.</summary>
    private const long WideMarginNs = 1_000_000_000;

    /// <summary>The chance that the capture lost all packets of an attempt, below which it was not that.</summary>
    private const double LeastChance = 0.001;

    private readonly long _firstNs;
    private readonly long _lastNs;

    /// <summary>The view of a point.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="flows">All that it recorded.</param>
    /// <param name="dropped">Packets that its captures say they lost.</param>
    public PointView(string name, IEnumerable<FlowRecord> flows, long dropped)
    {
        Name = name;
        (_firstNs, _lastNs) = (long.MaxValue, long.MinValue);
        var (packets, lost) = (0L, dropped);
        foreach (var flow in flows)
        {
            _firstNs = Math.Min(_firstNs, flow.StartNs);
            _lastNs = Math.Max(_lastNs, flow.EndNs);
            packets += flow.Out.Packets + flow.In.Packets;
            if (flow.Transport == IpProtocol.Tcp && flow.Out.Packets > 0 && flow.In.Packets > 0)
                lost += flow.StreamOut.Gaps + flow.StreamIn.Gaps;
        }

        LossRate = packets + lost == 0 ? 0 : (double)lost / (packets + lost);
    }

    public string Name { get; }

    /// <summary>The share of packets that its captures lost, by their own count or by gaps in streams.</summary>
    public double LossRate { get; }

    /// <summary>True when it recorded packets that go from the first point's side to the second's.</summary>
    public bool SeesThere { get; private set; }

    /// <summary>True when it recorded packets that go the other way.</summary>
    public bool SeesBack { get; private set; }

    /// <summary>Notes which directions a connection shows that the point recorded.</summary>
    /// <param name="flow">What it recorded of a connection between the sides.</param>
    /// <param name="isOriginatorFirst">True when its originator is on the first point's side.</param>
    public void NoteDirections(FlowRecord flow, bool isOriginatorFirst)
    {
        SeesThere |= (isOriginatorFirst ? flow.Out : flow.In).Packets > 0;
        SeesBack |= (isOriginatorFirst ? flow.In : flow.Out).Packets > 0;
    }

    /// <summary>True when the point watched at a time, and around it.</summary>
    /// <param name="timestampNs">By its own clock, in nanoseconds since the Unix epoch.</param>
    /// <param name="halfWidthNs">How far that time may be off; null when that is not known.</param>
    public bool Watched(long timestampNs, long? halfWidthNs)
    {
        var marginNs = halfWidthNs + MarginNs ?? WideMarginNs;
        return timestampNs >= _firstNs + marginNs && timestampNs <= _lastNs - marginNs;
    }

    /// <summary>True when the capture cannot have lost so many packets by chance.</summary>
    public bool CannotHaveLost(long packets) => LossRate <= 0 || Math.Pow(LossRate, packets) < LeastChance;
}
