using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Receives every packet before it is looked at.</summary>
/// <param name="packet">The packet; its bytes are valid during the call.</param>
public delegate void PacketTap(in CapturedPacket packet);

/// <summary>
/// Observes live interfaces step by step, for as long as its owner likes: reads packets on the owner's thread, hands
/// flows over to another, and looks at the flows under way between packets when it is asked to. Packets wait for
/// nothing but a slice of such a look.
/// </summary>
public sealed class LiveObservation : IDisposable
{
    /// <summary>Default of <see cref="SlicePlaces"/>: some milliseconds.</summary>
    private const int DefaultSlicePlaces = 8_192;

    private readonly CaptureReading _reading;
    private readonly TrafficObserver _observer;
    private readonly FlowQueue _handOver;
    private readonly IObservationSink _sink;
    private readonly PacketTap? _tap;
    private readonly TimeProvider _clock;
    private List<FlowRecord> _underWay = [];
    private ImmutableArray<CaptureSummary> _captures;

    /// <summary>Begins to observe.</summary>
    /// <param name="captures">The interfaces; disposed with this.</param>
    /// <param name="options">How; the number of threads is not looked at.</param>
    /// <param name="sink">Receives what is found.</param>
    /// <param name="tap">Receives the packets; null when none is wanted.</param>
    /// <param name="clock">Tells the time while no packet comes: the clock that gives packets theirs.</param>
    public LiveObservation(CaptureSet captures, ObserverOptions options, IObservationSink sink, PacketTap? tap = null,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sink);
        (_sink, _tap, _clock) = (sink, tap, clock ?? TimeProvider.System);
        _reading = new CaptureReading(captures, options);
        _handOver = new FlowQueue(sink.Add);
        _observer = new TrafficObserver(options, _handOver.Add);
    }

    /// <summary>How much is done with a packet besides counting it.</summary>
    public ObserverEffort Effort
    {
        get => _observer.Payloads.Effort;
        set => _observer.Payloads.Effort = value;
    }

    /// <summary>Places of the flow table that a look goes on by between two steps.</summary>
    internal int SlicePlaces { get; init; } = DefaultSlicePlaces;

    /// <summary>True while a look at the flows under way goes on.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>Packets that have come so far.</summary>
    public long Packets => _reading.Packets;

    /// <summary>What has come so far. Asks the system for its counters.</summary>
    public LiveCounts Counts => new(_reading.Packets, _reading.Bytes, _observer.Flows.Begun, _observer.Flows.Count,
        _reading.Statistics, _reading.LatestNs, _observer.Payloads.Shed);

    /// <summary>Reads packets, or waits for the first of them, and goes on with a look.</summary>
    /// <param name="packets">Packets to read at most.</param>
    /// <param name="patienceMs">Milliseconds to wait at most for the first.</param>
    /// <returns>A packet when as many as that were read; quiet when no more are due; the end when none will
    /// come.</returns>
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
        if (IsLooking && !_handOver.IsBusy)
            ContinueLook();
        return read;
    }

    /// <summary>Begins a look at the flows under way; the sink is told when it is over. A look that goes on is not
    /// begun again.</summary>
    public void Look()
    {
        if (IsLooking)
            return;
        IsLooking = true;
        _captures = _reading.SummariseCaptures();
        _handOver.Call(_sink.BeginSnapshot);
        _observer.BeginSnapshot(TakeUnderWay);
        ContinueLook();
    }

    /// <summary>Hands over what has ended so far, however little.</summary>
    public void Flush() => _handOver.Flush();

    /// <summary>Ends all flows, and waits until the sink has had them. Throws what it has thrown.</summary>
    public ObservationSummary Complete()
    {
        IsLooking = false;
        _observer.Complete();
        _handOver.Complete();
        return _reading.Summarise(_observer);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _handOver.Dispose();
        _reading.Dispose();
    }

    /// <summary>Time passes without a packet.</summary>
    internal void Pass() =>
        _observer.Pass((_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);

    private void TakeUnderWay(FlowRecord flow) => _underWay.Add(flow);

    private void ContinueLook()
    {
        var look = _observer.ContinueLook(SlicePlaces);
        if (_underWay.Count > 0)
        {
            var slice = _underWay;
            _underWay = new List<FlowRecord>(slice.Count);
            _handOver.Call(() => slice.ForEach(_sink.AddUnderWay));
        }

        if (look is null)
            return;
        IsLooking = false;
        var observation = _reading.Summarise(_observer, look.Points, look.Encapsulation, _captures);
        _handOver.Call(() => _sink.EndLook(observation));
    }
}

/// <summary>What a live observation has counted so far.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Sum of their original lengths.</param>
/// <param name="Flows">Flows that began.</param>
/// <param name="FlowsUnderWay">Flows under way.</param>
/// <param name="Statistics">What the system counts for each interface.</param>
/// <param name="LatestNs">Time of the latest packet, in nanoseconds since the Unix epoch; null without one.</param>
/// <param name="Shed">What was not looked at because packets came faster than that.</param>
public sealed record LiveCounts(long Packets, long Bytes, long Flows, int FlowsUnderWay,
    ImmutableArray<InterfaceStatistics> Statistics, long? LatestNs, ShedCounts Shed)
{
    /// <summary>Nothing has come.</summary>
    public static LiveCounts None { get; } = new(0, 0, 0, 0, [], null, default);

    /// <summary>Packets that were lost before they came here; null when they are not counted.</summary>
    public long? Dropped => Sum(statistics => statistics.Dropped);

    /// <summary>Those of them that the system dropped because they were not read in time.</summary>
    public long? DroppedBySystem => Sum(statistics => statistics.DroppedBySystem);

    private long? Sum(Func<InterfaceStatistics, long?> count) =>
        Statistics.Select(count).Aggregate((long?)null,
            (sum, one) => one is { } packets ? InterfaceStatistics.AddSaturated(sum ?? 0, packets) : sum);
}
