using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Receives every packet before it is examined.</summary>
/// <param name="packet">The packet; its bytes are valid during the call only.</param>
public delegate void PacketTap(in CapturedPacket packet);

/// <summary>Observes live interfaces step by step: reads packets on the caller's thread, passes flows to another, and
/// on request takes snapshots of the active flows between packets. A packet waits at most for one slice of a
/// snapshot.</summary>
public sealed class LiveObservation : IDisposable
{
    /// <summary>Default of <see cref="SliceSlots"/>: a few milliseconds.</summary>
    private const int DefaultSliceSlots = 8_192;

    private readonly CaptureReading _reading;
    private readonly TrafficObserver _observer;
    private readonly FlowQueue _queue;
    private readonly IObservationSink _sink;
    private readonly PacketTap? _tap;
    private readonly TimeProvider _clock;
    private List<FlowRecord> _underWay = [];
    private ImmutableArray<CaptureSummary> _captures;

    /// <summary>Begins the observation.</summary>
    /// <param name="captures">The interfaces; disposed with this.</param>
    /// <param name="options">Options; the number of threads is ignored.</param>
    /// <param name="sink">Receives the results.</param>
    /// <param name="tap">Receives the packets; may be null.</param>
    /// <param name="clock">The time while no packets come: the clock that stamps the packets.</param>
    public LiveObservation(CaptureSet captures, ObserverOptions options, IObservationSink sink, PacketTap? tap = null,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sink);
        (_sink, _tap, _clock) = (sink, tap, clock ?? TimeProvider.System);
        _reading = new CaptureReading(captures, options);
        _queue = new FlowQueue(sink.Add);
        _observer = new TrafficObserver(options, _queue.Add);
    }

    /// <summary>How much work is done for a packet besides counting it.</summary>
    public ObserverEffort Effort
    {
        get => _observer.Payloads.Effort;
        set => _observer.Payloads.Effort = value;
    }

    /// <summary>Slots of the flow table that a snapshot visits in one step.</summary>
    internal int SliceSlots { get; init; } = DefaultSliceSlots;

    /// <summary>True during a snapshot.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>Packets read so far.</summary>
    public long Packets => _reading.Packets;

    /// <summary>Counts so far. Queries the system's counters.</summary>
    public LiveCounts Counts => new(_reading.Packets, _reading.Bytes, _observer.Flows.Begun, _observer.Flows.Count,
        _reading.Statistics, _reading.LatestNs, _observer.Payloads.Shed);

    /// <summary>Reads packets, waiting for the first one, and continues a snapshot.</summary>
    /// <param name="packets">Packets to read at most.</param>
    /// <param name="patienceMs">Milliseconds to wait for the first packet at most.</param>
    /// <returns>A packet when that many were read; quiet when no more are due; the end when none will come.</returns>
    public CaptureRead Step(int packets, int patienceMs)
    {
        var read = CaptureRead.Packet;
        for (var count = 0; count < packets && read == CaptureRead.Packet; count++)
        {
            read = _reading.Read(_observer.Points, count == 0 && !IsLooking ? patienceMs : 0, out var packet);
            if (read != CaptureRead.Packet)
                break;
            _tap?.Invoke(packet);
            _observer.Observe(packet, _reading.Capture, _reading.Point, _reading.TimestampDigits);
        }

        if (read == CaptureRead.Quiet)
            Pass();
        if (IsLooking && !_queue.IsBusy)
            ContinueLook();
        return read;
    }

    /// <summary>Begins a snapshot of the active flows; the sink is called when it is done. Does nothing while one is in
    /// progress.</summary>
    public void Look()
    {
        if (IsLooking)
            return;
        IsLooking = true;
        _captures = _reading.SummariseCaptures(_observer.Points);
        _queue.Call(_sink.BeginSnapshot);
        _observer.BeginSnapshot(TakeUnderWay);
        ContinueLook();
    }

    /// <summary>Passes on the flows that have ended so far.</summary>
    public void Flush() => _queue.Flush();

    /// <summary>Ends all flows and waits until the sink has received them. Rethrows what it threw.</summary>
    public ObservationSummary Complete()
    {
        IsLooking = false;
        _observer.Complete();
        _queue.Complete();
        return _reading.Summarise(_observer);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _queue.Dispose();
        _reading.Dispose();
    }

    /// <summary>Lets time pass without a packet.</summary>
    internal void Pass() =>
        _observer.Pass((_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);

    private void TakeUnderWay(FlowRecord flow) => _underWay.Add(flow);

    private void ContinueLook()
    {
        var look = _observer.ContinueLook(SliceSlots);
        if (_underWay.Count > 0)
        {
            var slice = _underWay;
            _underWay = new List<FlowRecord>(slice.Count);
            _queue.Call(() => slice.ForEach(_sink.AddUnderWay));
        }

        if (look is null)
            return;
        IsLooking = false;
        var observation = _reading.Summarise(_observer, look.Points, look.Encapsulation, _captures);
        _queue.Call(() => _sink.EndLook(observation));
    }
}

/// <summary>Counts of a live observation so far.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Sum of their original lengths.</param>
/// <param name="Flows">Flows that began.</param>
/// <param name="FlowsUnderWay">Active flows.</param>
/// <param name="Statistics">Counters of the system, by interface.</param>
/// <param name="LatestNs">Time of the latest packet, in nanoseconds since the Unix epoch; null without one.</param>
/// <param name="Shed">Work skipped because packets came too fast.</param>
public sealed record LiveCounts(long Packets, long Bytes, long Flows, int FlowsUnderWay,
    ImmutableArray<InterfaceStatistics> Statistics, long? LatestNs, ShedCounts Shed)
{
    /// <summary>All zero.</summary>
    public static LiveCounts None { get; } = new(0, 0, 0, 0, [], null, default);

    /// <summary>Packets lost before they were read; null when not counted.</summary>
    public long? Dropped => Sum(statistics => statistics.Dropped);

    /// <summary>Those dropped by the system because they were not read in time.</summary>
    public long? DroppedBySystem => Sum(statistics => statistics.DroppedBySystem);

    private long? Sum(Func<InterfaceStatistics, long?> count) =>
        Statistics.Select(count).Aggregate((long?)null,
            (sum, one) => one is { } packets ? InterfaceStatistics.AddSaturated(sum ?? 0, packets) : sum);
}
