using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>Packets that Suricata lost, by its <c>stats</c> events: their counters count from its start on (Suricata
/// user guide, "Packet Capture", <c>capture.kernel_drops</c>). Events may come in any order, as rotated files
/// do.</summary>
internal sealed class SuricataDrops
{
    /// <summary>Starts of Suricata that are told apart; further ones are not counted.</summary>
    public const int Maximum = 1_000;

    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Starts that two events give differ by less, as the time since the start is cut to seconds.</summary>
    private const long SameStartNs = 5 * NsPerSecond;

    /// <summary>What Suricata lost before its first flow ended belongs to the log when it started at most so long
    /// before that flow began.</summary>
    private const long EarlyStartNs = 60 * NsPerSecond;

    private readonly List<Run> _runs = [];
    private long _notCounted;

    /// <summary>Adds an event.</summary>
    /// <param name="row">A <c>stats</c> event.</param>
    /// <param name="point">Name of the capture point.</param>
    /// <param name="tally">What is read of its file.</param>
    /// <param name="options">How logs are read.</param>
    public void Add(EveEvent row, string point, LogTally tally, LogOptions options)
    {
        if (row.Count(EveField.KernelDrops) is not { } dropped || row.Count(EveField.Uptime) is not { } uptime
            || row.TimeNs(EveField.Timestamp, out _) is not { } timeNs || !options.Takes(timeNs))
            return;
        dropped = InterfaceStatistics.AddSaturated(dropped, row.Count(EveField.InterfaceDrops) ?? 0);
        var startNs = timeNs - (Math.Min(uptime, timeNs / NsPerSecond) * NsPerSecond);
        var run = _runs.Find(known => known.Point == point && Math.Abs(known.StartNs - startNs) < SameStartNs);
        if (run is null && _runs.Count < Maximum)
            _runs.Add(run = new Run(point, startNs, tally));
        if (run is null)
            _notCounted++;
        run?.Add(timeNs, dropped);
    }

    /// <summary>Notes the losses: all flows are read.</summary>
    /// <param name="firstOf">Start of the first flow of a capture point; null without one.</param>
    public void Complete(Func<string, long?> firstOf)
    {
        foreach (var run in _runs)
            run.Tally.NoteDropped(run.Lost + (firstOf(run.Point) - EarlyStartNs <= run.StartNs ? run.Before : 0));
        if (_notCounted > 0)
            _runs[0].Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{_notCounted:N0} of its statistics are not counted, as Suricata was started more than {Maximum:N0} "
                    + $"times: it lost more packets than are told"));
    }

    /// <summary>The events between a start of Suricata and its end.</summary>
    private sealed class Run(string point, long startNs, LogTally tally)
    {
        private long _firstNs = long.MaxValue;
        private long _lastNs = long.MinValue;
        private long _last;

        public string Point => point;

        public long StartNs => startNs;

        public LogTally Tally => tally;

        /// <summary>Packets lost before the first event.</summary>
        public long Before { get; private set; }

        /// <summary>Packets lost between the first event and the last.</summary>
        public long Lost => Math.Max(0, _last - Before);

        public void Add(long timeNs, long dropped)
        {
            if (timeNs < _firstNs)
                (_firstNs, Before) = (timeNs, dropped);
            if (timeNs > _lastNs)
                (_lastNs, _last) = (timeNs, dropped);
        }
    }
}
