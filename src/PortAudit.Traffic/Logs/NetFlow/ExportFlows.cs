using System.Collections.Immutable;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Makes flows of the records of exporters, whatever holds these.</summary>
internal sealed class ExportFlows
{
    private readonly LogOptions _options;
    private readonly Action<FlowRecord, Outcome> _sink;
    private readonly ImmutableArray<LogInput> _inputs;
    private readonly FlowJoiner _joiner;
    private readonly NselConnections _connections;
    private readonly FlowMaker _maker = new();
    private readonly List<string> _points = [];
    private readonly List<ObservedInterfaces> _interfaces = [];
    private readonly Dictionary<int, ExportNotes> _notes = [];
    private ushort _point;

    /// <summary>Begins.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
    public ExportFlows(ImmutableArray<LogInput> inputs, LogOptions options, Action<FlowRecord, Outcome> sink)
    {
        (_inputs, _options, _sink) = (inputs, options, sink);
        _joiner = new FlowJoiner(HandOn);
        _connections = new NselConnections(HandOn);
        foreach (var input in inputs)
            _notes.Add(input.Member.Capture, new ExportNotes(input.Tally));
    }

    /// <summary>Flows outside the time.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Begins a file, and returns the name of its capture point.</summary>
    public string Enter(LogMember member)
    {
        var point = _options.CapturePointOf(member.Path);
        _point = IndexOf(point);
        _notes[member.Capture].Interfaces = _interfaces[_point];
        return point;
    }

    /// <summary>Notes records that were lost before they were received, of some that came.</summary>
    public void NoteLost(LogMember member, long lost, long came) => _notes[member.Capture].NoteLost(lost, came);

    /// <summary>Adds a record of the file that was begun last, or of one of its capture point.</summary>
    public void Add(ExportRecord record, in ExportPlace place, int number)
    {
        var notes = _notes[place.Input.Member.Capture];
        if (NselConnections.IsEvent(record))
        {
            if (!_connections.TryAdd(record, place, number))
                notes.Note(RecordLack.Addresses);
            return;
        }

        var lack = RecordReading.TryRead(record, place, number, out var flow, out var times);
        notes.Note(lack);
        if (lack != RecordLack.None)
            return;
        notes.NotePackets(flow.Sent.Packets + flow.Received.Packets);
        notes.Note(times, Math.Max(place.Domain.Sampling, DatagramDecoder.SamplingOf(record)), place.IsScaled);
        flow.Denied = record[ExportField.FirewallEvent] == NselConnections.Denied ? "denied by the firewall" : null;
        _interfaces[_point].Note(flow);
        _interfaces[_point].SawBothWays |= _joiner.Add(flow, _point, place.Header.TimeNs);
    }

    /// <summary>Hands on what is left, and says what was odd: the files ended.</summary>
    public void Complete()
    {
        _joiner.Complete();
        _connections.Complete();
        foreach (var notes in _notes.Values)
            notes.Complete();
        ExportNotes.Say(_inputs[0].Tally, _joiner.HandedOnEarly + _connections.HandedOnEarly,
            "flows that may be in parts, as too many were under way");
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

    private void HandOn(JoinedFlow joined)
    {
        var interfaces = _interfaces[joined.Key.Point];
        var flow = _maker.Make(joined, _points[joined.Key.Point], interfaces.WouldShowAnswers(joined.Begun),
            out var early);
        _notes[flow.Capture].Note(joined);
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
}
