using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>Reads EVE logs twice: first the events of applications, kept by <c>flow_id</c> within limits, as they may
/// stand in other files than their flow, or behind it; then the flows, one event at a time.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class SuricataReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
{
    private readonly SuricataDetails _details = new();
    private readonly NetflowTimes _flowTimes = new();
    private readonly SuricataDrops _drops = new();
    private readonly EveEvent _row = new();
    private readonly EveJson _json = new();

    /// <inheritdoc />
    public IReadOnlyList<NameSighting> Names => _details.Names.ToSightings();

    /// <inheritdoc />
    public long NamesNotKept => _details.Names.SightingsNotKept;

    /// <inheritdoc />
    public long LeftOut { get; private set; }

    /// <inheritdoc />
    public void Read(ImmutableArray<LogInput> inputs, ReadingPosition? position, CancellationToken cancellation)
    {
        foreach (var input in inputs)
            ReadDetails(input, position, cancellation);
        var hasFlows = false;
        foreach (var input in inputs)
            hasFlows |= ReadFlows(input, position, cancellation);
        _drops.Complete(point => inputs.Where(input => options.CapturePointOf(input.Member.Path) == point)
            .Min(input => input.Tally.FirstNs));
        if (!hasFlows && !cancellation.IsCancellationRequested && inputs is [var first, ..])
            first.Tally.NoteNothing(SuricataFormat.NoFlows);
    }

    /// <summary>Reads the events that are no flows.</summary>
    private void ReadDetails(LogInput input, ReadingPosition? position, CancellationToken cancellation)
    {
        var before = _details.NotKept;
        var point = options.CapturePointOf(input.Member.Path);
        Read(input, position, isNoted: false, line =>
        {
            if (_row.Is("flow"u8))
                _flowTimes.Add(point, _row);
            else if (_row.Is("stats"u8))
                _drops.Add(_row, point, input.Tally, options);
            else if (!_row.Is("netflow"u8))
                _details.Add(_row, line);
            return null;
        }, cancellation);
        if (_details.NotKept - before is > 0 and var lost)
            input.Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{lost:N0} of its events were not joined: at most {SuricataDetails.Maximum:N0} flows are kept"));
    }

    /// <summary>Reads the flows. True when there is one, in the time or not.</summary>
    private bool ReadFlows(LogInput input, ReadingPosition? position, CancellationToken cancellation)
    {
        var flows = new SuricataFlows(_details);
        var point = options.CapturePointOf(input.Member.Path);
        var (hasFlows, repeated) = (false, 0L);
        var joined = new NetflowJoin(Take);
        Read(input, position, isNoted: true, line =>
        {
            var isNetflow = _row.Is("netflow"u8);
            if (!isNetflow && !_row.Is("flow"u8))
                return _row.Has(EveField.EventType) ? null : "is no event, as it has no 'event_type'; it was skipped";
            if (isNetflow && _flowTimes.Covers(point, _row))
            {
                repeated++;
                return null;
            }

            if (SuricataFlow.Read(_row, line, isNetflow, out var flow) is { } problem)
                return $"is no flow ({problem}), and was skipped";
            if (isNetflow)
                joined.Add(flow);
            else
                Take(flow);
            return null;
        }, cancellation);
        joined.Complete();
        if (repeated > 0)
            input.Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"netflow events that flow events of the same time repeat, and that were not read: {repeated:N0}"));
        return hasFlows;

        void Take(SuricataFlow read)
        {
            hasFlows = true;
            if (!options.Takes(read.StartNs))
            {
                LeftOut++;
                return;
            }

            var flow = flows.Make(read, point, out var outcome);
            input.Tally.Add(flow);
            input.Tally.Point = point;
            sink(flow, outcome.AtOnce);
        }
    }

    /// <summary>Reads all events of a file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="position">Receives the bytes read.</param>
    /// <param name="isNoted">True to note what is wrong with it, in the one reading that does.</param>
    /// <param name="visit">Is given each event; returns what is wrong with it, or null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    private void Read(LogInput input, ReadingPosition? position, bool isNoted, Func<FrameReference, string?> visit,
        CancellationToken cancellation) =>
        LineReading.Read(input, position, isNoted, (line, at, _) => _json.TryRead(line, _row)
            ? visit(at)
            : "is no JSON object, and was skipped", cancellation);
}
