using System.Collections.Immutable;
using PortAudit.Live.Host;
using PortAudit.Live.Interfaces;
using PortAudit.Live.Pcap;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live;

/// <summary>A live capture of interfaces, which ends when it is stopped or its last interface is gone. Each interface
/// is a capture point of the same name; packets come in order of time. Not thread-safe.</summary>
public sealed class LiveCapture : ILiveSource
{
    /// <summary>Interfaces captured at once: as many as can be waited for together.</summary>
    public const int MaximumInterfaces = Readiness.Maximum;

    /// <summary>Longest wait between two looks at whether to stop, in milliseconds.</summary>
    private const int PollMs = 50;

    /// <summary>After a stop, waiting packets are read for this long, in milliseconds; the rest stays unread.</summary>
    private const int DrainMs = 100;

    /// <summary>Packets or waits after which the counters are read, as they have 32 bits.</summary>
    private const int StatisticsMask = 0xFFFF;

    private const int WaitsMask = 0x3FF;

    /// <summary>
    /// A packet is handed over within two of the system's periods (a block of TPACKET_V3 that was begun in one is
    /// closed by the end of the next, <c>prb_retire_rx_blk_timer_expired</c> in Linux' <c>net/packet/af_packet.c</c>);
    /// a third is for the scheduler.
    /// </summary>
    private const int HandOverPeriods = 3;

    /// <summary>A packet that is handed over at once waits for nothing but the scheduler.</summary>
    private const int ImmediateHoldMs = 5;

    private const long MillisecondNs = 1_000_000;

    /// <summary>Packets of other interfaces after which lost ones are looked for, where there always are
    /// packets.</summary>
    private const int LossMask = 0xFF;

    private readonly LiveInterface[] _open;
    private readonly LostInterfaces? _lost;
    private readonly List<CaptureInterface> _interfaces;

    private readonly InterfaceMerge _merge;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stop;
    private long _stoppedAt;
    private int _current;
    private long _packets;
    private int _waits;

    private LiveCapture(LiveInterface[] open, LiveOptions options, ImmutableArray<string> notes, CancellationToken stop)
    {
        _open = open;
        _clock = options.Clock;
        _stop = stop;
        _merge = new InterfaceMerge(open,
            (options.IsImmediate ? ImmediateHoldMs : options.HandOverMs * HandOverPeriods) * MillisecondNs,
            options.Clock);
        Notes = notes;
        _interfaces = [.. open.Select(one => one.Described)];
        for (var index = 0; index < open.Length; index++)
            open[index].Index = index;
        _lost = options.Reopens ? new LostInterfaces(open, _interfaces, options) : null;
        Path = string.Join(',', Interfaces.Select(one => one.Name));
        Format = $"live, {PcapLibrary.Version}";
    }

    /// <summary>The names of the interfaces, separated by commas.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public string Format { get; }

    /// <summary>The interfaces in the order in which they were named, then those that came back with another link type:
    /// these are interfaces of their own.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _interfaces;

    /// <summary>What the user should know of how it was opened though it works, a line each.</summary>
    public ImmutableArray<string> Notes { get; }

    /// <summary>Interfaces that are lost; the others go on. With <see cref="LiveOptions.Reopens"/>, why each could not
    /// be opened again when that was tried last.</summary>
    public ImmutableArray<LiveProblem> Problems => [.. _open.Select(one => one.Failure).OfType<LiveProblem>()];

    /// <summary>Complete when it was stopped with all interfaces present, unreadable when any is lost.
    /// <see cref="CaptureAnnotations.Outages"/> has those that came back.</summary>
    public CaptureEnd? Ending { get; private set; }

    /// <summary>The interfaces' counters as they stand now, and when they were away.</summary>
    public CaptureAnnotations Annotations
    {
        get
        {
            if (Ending is null)
                NoteStatistics();
            return new CaptureAnnotations
            {
                Drops = [.. _open.Concat(_lost?.Replaced ?? []).Select(one => one.ToStatistics())
                    .OrderBy(one => one.Interface)],
                Outages = _lost?.Outages.ToOutages() ?? [],
                OutagesNotListed = _lost?.Outages.NotListed ?? 0,
            };
        }
    }

    /// <inheritdoc />
    public CapturedPacket Current
    {
        get
        {
            var one = _open[_current];
            return new CapturedPacket(_packets, one.TimestampNs, one.Index, one.Described.LinkType, one.OriginalLength,
                one.Bytes);
        }
    }

    /// <summary>Opens interfaces, all or none.</summary>
    /// <param name="options">Which, and how. A name that is given twice counts once.</param>
    /// <param name="stop">Ends the capture: reading then returns within 200 ms. Pass it here rather than to the reader,
    /// so that counters and ending are reported.</param>
    /// <param name="problems">What keeps it from beginning; empty when it is open.</param>
    public static LiveCapture? TryOpen(LiveOptions options, CancellationToken stop,
        out ImmutableArray<LiveProblem> problems)
    {
        ImmutableArray<string> names = [.. options.Interfaces.Distinct(StringComparer.Ordinal)];
        ArgumentOutOfRangeException.ThrowIfZero(names.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, MaximumInterfaces);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SnapLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SnapLength, LiveOptions.MaximumSnapLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BufferBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HandOverMs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.HandOverMs, LiveOptions.MaximumHandOverMs);
        var open = new List<LiveInterface>();
        var notes = new List<string>();
        var found = new List<LiveProblem>();
        foreach (var name in names)
        {
            if (InterfaceOpening.TryOpen(name, options, notes, out var problem) is { } one)
                open.Add(one);
            else
                found.Add(problem!);
        }

        problems = [.. found];
        if (problems.IsEmpty)
            return new LiveCapture([.. open], options, [.. notes], stop);
        foreach (var one in open)
            one.Dispose();
        return null;
    }

    /// <summary>Waits for the next packet for as long as it takes. False when there will be none.</summary>
    public bool TryRead(out CapturedPacket packet)
    {
        CaptureRead read;
        do
            read = Read(int.MaxValue, out packet);
        while (read == CaptureRead.Quiet);
        return read == CaptureRead.Packet;
    }

    /// <inheritdoc />
    public CaptureRead Read(int patienceMs, out CapturedPacket packet)
    {
        var began = 0L;
        while (!IsOver())
        {
            var index = _merge.Next(isPatient: _stoppedAt == 0);
            if (index != InterfaceMerge.Nothing)
            {
                packet = HandOut(index);
                return CaptureRead.Packet;
            }

            if (_stoppedAt != 0)
                break;
            _lost?.Tend(_merge.NowNs());
            began = began == 0 ? _clock.GetTimestamp() : began;
            var left = patienceMs - (int)Math.Min(patienceMs, _clock.GetElapsedTime(began).TotalMilliseconds);
            packet = default;
            if (left == 0)
                return CaptureRead.Quiet;
            Wait(Math.Min(left, PollMs));
        }

        End();
        packet = default;
        return CaptureRead.Ended;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        End();
        foreach (var one in _open)
            one.Dispose();
    }

    private CapturedPacket HandOut(int index)
    {
        _open[index].Release();
        _current = index;
        if ((++_packets & StatisticsMask) == 0)
            NoteStatistics();
        if ((_packets & LossMask) == 0)
            _lost?.Tend(_merge.NowNs());
        return Current;
    }

    private void Wait(int atMostMs)
    {
        Readiness.Wait(_merge.Awaited, _merge.WaitMs(atMostMs));
        if ((++_waits & WaitsMask) == 0)
            NoteStatistics();
    }

    /// <summary>True when no more packets are handed out; after a stop, waiting ones still are.</summary>
    private bool IsOver()
    {
        if (Ending is not null)
            return true;
        if (_stop.IsCancellationRequested && _stoppedAt == 0)
            _stoppedAt = _clock.GetTimestamp();
        if (_stoppedAt != 0)
            return _clock.GetElapsedTime(_stoppedAt).TotalMilliseconds > DrainMs;
        return _lost is null && Array.TrueForAll(_open, one => one.Failure is not null && !one.HasPacket);
    }

    private void End()
    {
        if (Ending is not null)
            return;
        NoteStatistics();
        Ending = Problems is [_, ..] lost
            ? new CaptureEnd(CaptureEndKind.Unreadable, 0,
                string.Join("; ", lost.Select(problem => $"{problem.Device}: {problem.Text}")))
            : new CaptureEnd(CaptureEndKind.Complete, 0, "");
    }

    private void NoteStatistics()
    {
        foreach (var one in _open)
        {
            if (one.Failure is null)
                one.NoteStatistics();
        }
    }
}
