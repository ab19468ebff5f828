using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Watching;
using PortAudit.Live;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Watch;

/// <summary>
/// Watches until its time or packet limit is reached, or it is stopped. Packets are read on this thread, flows judged
/// on a second, evaluations reported on a third and the view drawn on a fourth, so that packets never wait.
/// </summary>
internal sealed class WatchRun : IDisposable
{
    /// <summary>Packets that are read before the clock is looked at.</summary>
    private const int PacketsOfStep = 4_096;

    /// <summary>Longest wait for a packet, in milliseconds.</summary>
    private const int PatienceMs = 100;

    /// <summary>Time between two looks at counters and clock.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly WatchSettings _settings;
    private readonly LiveCapture _capture;
    private readonly PcapngRing? _ring;
    private readonly LiveObservation _observation;
    private readonly LiveAuditor _auditor;
    private readonly WatchReporter _reporter;
    private readonly WatchBoard _board;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _stop;
    private readonly EffortControl _effort = new();
    private readonly RateMeter _rates = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ImmutableArray<string> _lost = [];
    private volatile RingFile[] _files = [];
    private TimeSpan _lastBeat;
    private TimeSpan _lastLook;

    /// <summary>Prepares to watch.</summary>
    /// <param name="settings">What the user wants.</param>
    /// <param name="capture">The interfaces; they end with this.</param>
    /// <param name="options">How traffic is observed.</param>
    /// <param name="auditors">Makes auditors.</param>
    /// <param name="earlier">What earlier runs judged; null for a new audit.</param>
    /// <param name="ring">Keeps the packets; null when they are not kept. Disposed with this.</param>
    /// <param name="reporter">Reports the looks.</param>
    /// <param name="board">What the view shows.</param>
    /// <param name="say">Receives notices for the user.</param>
    /// <param name="stop">Ends the capture; cancelled here when it is time.</param>
    public WatchRun(
        WatchSettings settings, LiveCapture capture, ObserverOptions options, Func<Auditor> auditors, Auditor? earlier,
        PcapngRing? ring, WatchReporter reporter, WatchBoard board, Action<string> say, CancellationTokenSource stop)
    {
        (_settings, _capture, _ring, _reporter, _board, _say, _stop) =
            (settings, capture, ring, reporter, board, say, stop);
        _auditor = new LiveAuditor(auditors, earlier ?? auditors(),
            (look, observation) => reporter.Begin(look, WithFiles(observation)));
        _observation = new LiveObservation(CaptureSet.Of(capture), options, _auditor, ring is null ? null : ring.Write);
    }

    public AuditRun Run()
    {
        NoteNextLook();
        while (!HasEnough && _observation.Step(PacketsToRead(), PatienceMs) is var read and not CaptureRead.Ended)
        {
            if (_clock.Elapsed - _lastBeat >= Beat)
                NoteBeat(isBehind: read == CaptureRead.Packet);
            if (_clock.Elapsed >= _settings.Duration)
                _stop.Cancel();
            LookWhenDue();
        }

        var observation = _observation.Complete();
        NoteFiles();
        if (_ring is { NotWritten: > 0 and var lost })
            _say(string.Create(CultureInfo.InvariantCulture, $"{_settings.Ring!.Path}: {lost:N0} packets are in no "
                + $"file, as they could not be written; they were judged nevertheless"));
        return _reporter.End(_auditor.Ended, WithFiles(observation));
    }

    public void Dispose()
    {
        _ring?.Dispose();
        _observation.Dispose();
        _capture.Dispose();
    }

    private ObservationSummary WithFiles(ObservationSummary observation) => observation
        with
    { Captures = [.. observation.Captures.Select(capture => capture with { Files = [.. _files] })] };

    /// <summary>The ring's files are read on its thread and reported on another.</summary>
    private void NoteFiles() => _files = [.. _ring?.Files ?? []];

    private bool HasEnough => _observation.Packets >= _settings.Packets;

    private int PacketsToRead() => _settings.Packets is { } packets
        ? (int)Math.Clamp(packets - _observation.Packets, 1, PacketsOfStep)
        : PacketsOfStep;

    private void NoteBeat(bool isBehind)
    {
        _lastBeat = _clock.Elapsed;
        var now = TimeProvider.System.GetUtcNow();
        var counts = _observation.Counts;
        var lag = isBehind && counts.LatestNs is { } latestNs
            ? now - DateTimeOffset.UnixEpoch.AddTicks(latestNs / TimeSpan.NanosecondsPerTick)
            : TimeSpan.Zero;
        _observation.Effort = _effort.Note(counts.DroppedBySystem, lag, now);
        _rates.Note(_clock.Elapsed, counts.Packets, counts.Bytes);
        _board.Note(now, counts, _rates.PacketsPerSecond, _rates.BytesPerSecond * 8, _effort.Effort);
        _observation.Flush();
        _ring?.Flush();
        NoteFiles();
        NoteInterfaces();
    }

    private void NoteInterfaces()
    {
        var lost = _capture.Problems;
        foreach (var problem in lost.Where(problem => !_lost.Contains(problem.Device)))
            _say($"{problem.Device}: {problem.Text}; it is opened again when it is back");
        foreach (var device in _lost.Where(device => !lost.Any(problem => problem.Device == device)))
            _say($"{device}: is back");
        _lost = [.. lost.Select(problem => problem.Device)];
    }

    private void LookWhenDue()
    {
        if (_clock.Elapsed - _lastLook < _settings.Interval || _observation.IsLooking || !_reporter.IsIdle
            || _stop.IsCancellationRequested)
            return;
        _lastLook = _clock.Elapsed;
        NoteNextLook();
        _observation.Look();
    }

    private void NoteNextLook() => _board.NoteNext(TimeProvider.System.GetUtcNow() + _settings.Interval);
}
