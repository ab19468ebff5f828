using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>What was read of one log.</summary>
/// <param name="path">Path as the user gave it.</param>
/// <param name="format">Name of its format.</param>
/// <param name="source">What wrote it.</param>
/// <param name="placeName">What numbers of damaged places count; null for the rows of the source.</param>
internal sealed class LogTally(string path, string format, LogSource source, string? placeName = null)
{
    private readonly List<CaptureDamage> _damages = [];
    private readonly List<CaptureOutage> _outages = [];
    private readonly SortedSet<string> _oddities = new(StringComparer.Ordinal);
    private CaptureEnd _end = new(CaptureEndKind.Stopped, 0, "reading was stopped before the end");
    private long _damagesNotListed;
    private long _packets;
    private long? _firstNs;
    private long? _lastNs;
    private long _silenceNs;
    private int _digits;
    private long? _dropped;

    /// <summary>Rows that are flows.</summary>
    public long Rows { get; private set; }

    /// <summary>Those of them that an earlier log has, too.</summary>
    public long Repeats { get; set; }

    /// <summary>Those of them that a capture has, too.</summary>
    public long Captured { get; set; }

    /// <summary>True once a connection stood among the rows of another log.</summary>
    public bool HoldsConnections { get; set; }

    /// <summary>Name of the capture point; null before the first flow.</summary>
    public string? Point { get; set; }

    /// <summary>Adds a row that is a flow. Rows come when flows end, so what lies between an end and the next start is
    /// silence.</summary>
    public void Add(FlowRecord flow)
    {
        Rows++;
        _packets += flow.Out.Packets + flow.In.Packets;
        NoteTime(flow.StartNs, flow.EndNs);
        _digits = Math.Max(_digits, flow.TimestampDigits);
    }

    /// <summary>Notes the time of what is only a part of a flow.</summary>
    /// <param name="startNs">Its start, in nanoseconds since the Unix epoch.</param>
    /// <param name="endNs">Its end.</param>
    public void NoteTime(long startNs, long endNs)
    {
        if (_lastNs is { } last && startNs > last)
            _silenceNs = Math.Max(_silenceNs, startNs - last < 0 ? long.MaxValue : startNs - last);
        _firstNs = Math.Min(_firstNs ?? long.MaxValue, startNs);
        _lastNs = Math.Max(_lastNs ?? long.MinValue, endNs);
    }

    /// <summary>Notes a line that is lost.</summary>
    /// <param name="offset">Offset of the line in the content, in bytes.</param>
    /// <param name="length">Its length.</param>
    /// <param name="line">Its number.</param>
    /// <param name="problem">What is wrong with it, a clause that follows the number.</param>
    public void NoteDamage(long offset, long length, long line, string problem)
    {
        if (_damages.Count == CaptureAnnotations.MaximumDamages)
            _damagesNotListed++;
        else
            _damages.Add(new CaptureDamage(offset, length,
                string.Create(CultureInfo.InvariantCulture, $"{placeName ?? source.RowName} {line} {problem}")));
    }

    /// <summary>Time of its first flow, in nanoseconds since the Unix epoch; null without one.</summary>
    public long? FirstNs => _firstNs;

    /// <summary>Its time, from the first start to the last end.</summary>
    public FileTime Time => new(Rows, _firstNs ?? 0, _lastNs ?? 0);

    /// <summary>Packets that were lost before they were counted; null when it does not say.</summary>
    public long? Dropped => _dropped;

    /// <summary>Notes packets that were lost before they were counted; 0 says that none were.</summary>
    public void NoteDropped(long packets) => _dropped = InterfaceStatistics.AddSaturated(_dropped ?? 0, packets);

    /// <summary>Notes times in which not all was recorded. Beyond those that are kept, the last one goes on to the end
    /// of all.</summary>
    /// <param name="times">The times; they may overlap.</param>
    /// <param name="reason">Why, a clause.</param>
    public void NoteOutages(IEnumerable<(long FromNs, long ToNs)> times, string reason)
    {
        foreach (var (fromNs, toNs) in times.Order())
        {
            if (_outages.Count > 0 && (fromNs <= _outages[^1].ToNs
                || _outages.Count == CaptureAnnotations.MaximumOutages))
                _outages[^1] = _outages[^1] with { ToNs = Math.Max(_outages[^1].ToNs!.Value, toNs) };
            else
                _outages.Add(new CaptureOutage(0, null, fromNs, toNs, reason));
        }
    }

    /// <summary>Notes what is no damage, but not as expected: a clause.</summary>
    public void NoteOddity(string clause) => _oddities.Add(clause);

    /// <summary>Notes that nothing in it is of use.</summary>
    /// <param name="reason">What it lacks, behind "holds".</param>
    public void NoteNothing(string reason)
    {
        if (_end.IsComplete)
            _end = new CaptureEnd(CaptureEndKind.Damaged, 0, $"it holds {reason}");
    }

    /// <summary>Notes how reading ended.</summary>
    /// <param name="lines">The lines, at their end.</param>
    /// <param name="isCut">True when the last line is cut.</param>
    public void End(LogLines lines, bool isCut)
    {
        End(lines.Failure, isCut && lines.Failure is null ? lines.Offset : lines.End, lines.Number, isCut);
        if (lines.TooLong > 0)
            NoteDamage(lines.Offset, 0, lines.FirstTooLong, string.Create(CultureInfo.InvariantCulture,
                $"is longer than {LogLines.MaximumLength:N0} bytes, and was skipped")
                + (lines.TooLong > 1 ? ", as others were" : ""));
    }

    /// <summary>Notes how reading ended.</summary>
    /// <param name="failure">Why it ended early; null when it did not.</param>
    /// <param name="offset">Offset in the content, in bytes.</param>
    /// <param name="number">Number of the last line or datagram.</param>
    /// <param name="isCut">True when that one is cut.</param>
    public void End(Exception? failure, long offset, long number, bool isCut)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"{placeName ?? source.RowName} {number}");
        _end = (failure, isCut) switch
        {
            ({ } error, _) => new CaptureEnd(error is EndOfStreamException ? CaptureEndKind.Cut
                : error is InvalidDataException ? CaptureEndKind.Damaged : CaptureEndKind.Unreadable, offset,
                $"{error.Message} behind {row}"),
            (_, true) => new CaptureEnd(CaptureEndKind.Cut, offset, $"{row}, the last one, is cut"),
            _ => new CaptureEnd(CaptureEndKind.Complete, offset, ""),
        };
    }

    /// <summary>The summary.</summary>
    public CaptureSummary Summarise()
    {
        if (Repeats > 0)
            NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"connections that another log has, too, and that count once: {Repeats:N0} of {Rows:N0}"));
        if (Captured > 0)
            NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"connections that a capture of this point has, too, and that count once: {Captured:N0} of {Rows:N0}"));
        return new(path, format, _packets, _firstNs, _lastNs, _digits, [], _end)
        {
            Log = source,
            Rows = Rows,
            Clock = new CaptureClock(0, 0, _silenceNs),
            Points = Point is { } point ? [point] : [],
            Annotations = CaptureAnnotations.None with
            {
                Damages = [.. _damages],
                Drops = _dropped is { } dropped
                    ? [new InterfaceStatistics(0, null) { LostBetweenPackets = dropped }]
                    : [],
                Outages = [.. _outages],
                DamagesNotListed = _damagesNotListed,
                Oddity = _oddities.Count == 0 ? null : string.Join("; ", _oddities),
            },
        };
    }
}
