using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>The part of a reading that is the same for all logs whose records are of one direction and interval.
/// </summary>
internal sealed class ConversationReading
{
    /// <summary>Longest interval of a record that counts: AWS and Google aggregate for 10 minutes at most (15 for
    /// Google), Azure for 10.</summary>
    private const long LongestIntervalNs = 900L * 1_000_000_000;

    private readonly ConversationTable _table;
    private readonly ConversationFlow _flows;
    private readonly LogOptions _options;
    private readonly Action<FlowRecord, Outcome> _sink;
    private readonly ImmutableArray<LogInput> _inputs;
    private readonly List<Point> _points = [];

    /// <summary>Begins.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="flows">Makes the flows.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
    public ConversationReading(ImmutableArray<LogInput> inputs, ConversationFlow flows, LogOptions options,
        Action<FlowRecord, Outcome> sink)
    {
        (_inputs, _flows, _options, _sink) = (inputs, flows, options, sink);
        _table = new ConversationTable(Close);
    }

    /// <summary>Names of interfaces.</summary>
    public SensorNames Sensors { get; } = new();

    /// <summary>Times for which records are missing.</summary>
    public MissingRecords Missing { get; } = new();

    /// <summary>Flows outside the time.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The number of a file's capture point.</summary>
    public int PointOf(LogMember member)
    {
        var name = _options.CapturePointOf(member.Path);
        var index = _points.FindIndex(point => point.Name == name);
        if (index >= 0)
            return index;
        _points.Add(new Point(name));
        return _points.Count - 1;
    }

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="tally">What is read of its file.</param>
    /// <param name="point">Number of its capture point.</param>
    public void Add(in OneWayRecord record, LogTally tally, int point)
    {
        tally.NoteTime(record.StartNs, record.EndNs);
        var seen = _points[point];
        seen.LatestNs = Math.Max(seen.LatestNs, record.EndNs);
        if (record.EndNs - record.StartNs is > 0 and <= LongestIntervalNs and var interval)
            seen.IntervalNs = Math.Max(seen.IntervalNs, interval);
        _table.Add(record, point);
    }

    /// <summary>Hands on what is left: the files ended.</summary>
    public void Complete()
    {
        _table.Complete();
        if (_inputs.IsEmpty)
            return;
        if (_table.ClosedEarly > 0)
            _inputs[0].Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{_table.ClosedEarly:N0} conversations were closed early, as at most {ConversationTable.Maximum:N0} "
                    + $"are joined at once: long ones may be listed in parts"));
        if (Sensors.IsFull)
            _inputs[0].Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"only {SensorNames.Maximum:N0} interfaces are told apart"));
    }

    private void Close(Conversation conversation)
    {
        var point = _points[conversation.Key.Point];
        var waitNs = point.IntervalNs + IdleTimeouts.AnswerWaitNs;
        var isWhole = !Missing.Touches(conversation.Sensor, conversation.StartNs, conversation.EndNs, waitNs);
        var flow = _flows.Make(conversation, point.Name, isWhole);
        if (!_options.Takes(flow.StartNs))
        {
            LeftOut++;
            return;
        }

        // An answer may stand in a record of the next interval.
        var early = flow.Outcome is Outcome.Unanswered or Outcome.HalfOpen ? Outcome.Undecided : flow.Outcome;
        if (early != flow.Outcome && point.LatestNs - waitNs < flow.EndNs)
            flow = flow with { Outcome = early };
        var tally = TallyOf(flow.Capture);
        tally.Add(flow);
        tally.Point = point.Name;
        _sink(flow, early);
    }

    private LogTally TallyOf(int capture)
    {
        foreach (var input in _inputs)
        {
            if (input.Member.Capture == capture)
                return input.Tally;
        }

        return _inputs[0].Tally;
    }

    private sealed class Point(string name)
    {
        public string Name => name;

        public long LatestNs { get; set; } = long.MinValue;

        public long IntervalNs { get; set; }
    }
}
