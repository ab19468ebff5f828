using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Reads export datagrams of files, in the order of their paths, as templates of one describe the data of the
/// next.</summary>
internal sealed class NetFlowReading : ILogReading
{
    /// <summary>Flows of one direction from which on an exporter is said to record one only.</summary>
    private const int OneWayFlows = 10;

    private readonly LogOptions _options;
    private readonly Action<FlowRecord, Outcome> _sink;
    private readonly DatagramDecoder _decoder;
    private readonly FlowJoiner _joiner;
    private readonly NselConnections _connections;
    private readonly FlowMaker _maker = new();
    private readonly List<string> _points = [];
    private readonly List<ObservedInterfaces> _interfaces = [];
    private readonly Dictionary<int, ExportNotes> _notes = [];
    private ushort _point;

    /// <summary>Begins a reading.</summary>
    /// <param name="options">How files are read.</param>
    /// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
    public NetFlowReading(LogOptions options, Action<FlowRecord, Outcome> sink)
    {
        (_options, _sink) = (options, sink);
        _decoder = new DatagramDecoder(Take);
        _joiner = new FlowJoiner(HandOn);
        _connections = new NselConnections(HandOn);
    }

    /// <inheritdoc />
    public IReadOnlyList<NameSighting> Names => [];

    /// <inheritdoc />
    public long NamesNotKept => 0;

    /// <inheritdoc />
    public long LeftOut { get; private set; }

    /// <inheritdoc />
    public void Read(ImmutableArray<LogInput> inputs, ReadingPosition? position, CancellationToken cancellation)
    {
        foreach (var input in inputs)
            _notes.Add(input.Member.Capture, new ExportNotes(input.Tally));
        foreach (var input in inputs)
            ReadFile(input, position, cancellation);
        _decoder.Complete();
        _joiner.Complete();
        _connections.Complete();
        foreach (var notes in _notes.Values)
            notes.Complete();
        Say(inputs[0].Tally, _joiner.HandedOnEarly + _connections.HandedOnEarly,
            "flows that may be in parts, as too many were under way");
        Say(inputs[0].Tally, _decoder.TemplatesNotKept, "templates not kept, whose data was not read");
        Say(inputs[0].Tally, _decoder.SetsNotNoted, "sets of data not read, as their templates had not come");
    }

    private static void Say(LogTally tally, long count, string what)
    {
        if (count > 0)
            tally.NoteOddity(string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0}"));
    }

    private void ReadFile(LogInput input, ReadingPosition? position, CancellationToken cancellation)
    {
        if (LogFile.TryOpen(input.Member.Path, position, out _) is not { } buffer)
            return;
        using var datagrams = new DatagramReader(buffer);
        var point = _options.CapturePointOf(input.Member.Path);
        _point = IndexOf(point);
        _notes[input.Member.Capture].Interfaces = _interfaces[_point];
        while (!cancellation.IsCancellationRequested && datagrams.TryRead(out var header, out var datagram))
        {
            var problem = datagram.IsEmpty
                ? null
                : _decoder.Decode(input, point, header, datagram, datagrams.Number, datagrams.Offset);
            if (problem is not null)
                input.Tally.NoteDamage(datagrams.Offset, 0, datagrams.Number, problem);
            if (datagrams.Problem is { } damage && !datagrams.IsCut)
                input.Tally.NoteDamage(datagrams.Offset, datagrams.Skipped, datagrams.Number, string.Create(
                    CultureInfo.InvariantCulture, $"{damage}; {datagrams.Skipped:N0} bytes were skipped"));
        }

        if (!cancellation.IsCancellationRequested)
            input.Tally.End(datagrams.Failure, datagrams.End, datagrams.Number, datagrams.IsCut);
    }

    private ushort IndexOf(string point)
    {
        var index = _points.IndexOf(point);
        if (index >= 0)
            return (ushort)index;
        _points.Add(point);
        _interfaces.Add(new ObservedInterfaces());
        return (ushort)(_points.Count - 1);
    }

    private void Take(ExportRecord record, in ExportPlace place, int number)
    {
        if (NselConnections.IsEvent(record))
        {
            if (!_connections.TryAdd(record, place, number))
                _notes[place.Input.Member.Capture].Note(RecordLack.Addresses);
            return;
        }

        var lack = RecordReading.TryRead(record, place, number, out var flow, out var times);
        var notes = _notes[place.Input.Member.Capture];
        notes.Note(lack);
        if (lack != RecordLack.None)
            return;
        notes.Note(times, Math.Max(place.Domain.Sampling, DatagramDecoder.SamplingOf(record)));
        flow.Denied = record[ExportField.FirewallEvent] == NselConnections.Denied ? "denied by the firewall" : null;
        _interfaces[_point].Note(flow);
        _interfaces[_point].SawBothWays |= _joiner.Add(flow, _point, place.Header.TimeNs);
    }

    private void HandOn(JoinedFlow joined)
    {
        var interfaces = _interfaces[joined.Key.Point];
        var flow = _maker.Make(joined, _points[joined.Key.Point], interfaces.WouldShowAnswers(joined.Begun),
            out var early);
        var notes = _notes[flow.Capture];
        notes.Repeated += joined.IsRepeated ? 1 : 0;
        notes.OneWay += joined.IsTwoSided || joined.Denied is not null ? 0 : 1;
        HandOn(flow, early);
    }

    private void HandOn(FlowRecord flow, Outcome early)
    {
        if (!_options.Takes(flow.StartNs))
        {
            LeftOut++;
            return;
        }

        var tally = _notes[flow.Capture].Tally;
        tally.Add(flow);
        tally.Point = flow.CapturePoint;
        _sink(flow, early);
    }

    /// <summary>What is said of one file when all are read.</summary>
    private sealed class ExportNotes(LogTally tally)
    {
        private long _withoutAddresses;
        private long _withoutPackets;
        private long _withoutTimes;
        private long _sampling;

        public LogTally Tally => tally;

        public ObservedInterfaces? Interfaces { get; set; }

        public long Repeated { get; set; }

        public long OneWay { get; set; }

        public void Note(RecordLack lack)
        {
            _withoutAddresses += lack == RecordLack.Addresses ? 1 : 0;
            _withoutPackets += lack == RecordLack.Packets ? 1 : 0;
        }

        public void Note(in ExportTimes times, long sampling)
        {
            _withoutTimes += times.IsOfExport ? 1 : 0;
            _sampling = Math.Max(_sampling, sampling);
        }

        public void Complete()
        {
            Say(tally, _withoutAddresses, "records without addresses, which are no flows");
            Say(tally, _withoutPackets, "records that count no packet, and are no flows");
            Say(tally, _withoutTimes, "records without times, which got that of their export");
            Say(tally, Repeated, "flows recorded twice, in and out or by two domains, which count once");
            if (_sampling > 1)
                tally.NoteOddity(string.Create(CultureInfo.InvariantCulture, $"{_sampling:N0} packets were sent for "
                    + $"each one that its exporter looked at: counters are those of the sample, and what is missing "
                    + $"may have passed"));
            if (OneWay >= OneWayFlows && Interfaces is { SawBothWays: false })
                tally.NoteOddity("its exporter recorded one direction only, so silence proves nothing");
        }
    }
}
