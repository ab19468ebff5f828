using System.Text.Json;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.NetFlow;
using PortAudit.Traffic.Logs.Parts;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>Reads one file: an array of records, records parted by commas (<c>-q</c>), or one a line.</summary>
/// <param name="input">The file.</param>
/// <param name="point">Name of its capture point.</param>
/// <param name="flows">Receives its records.</param>
/// <param name="time">Time of the records of the capture point.</param>
internal sealed class NfdumpFile(LogInput input, string point, ExportFlows flows, ReceiptTime time) : IJsonSink
{
    private readonly NfdumpRow _row = new();
    private readonly ExportRecord _record = new();
    private readonly ExportDomain _domain = new();
    private NfdumpField _last = NfdumpField.EgressAcl;
    private NfdumpField? _wanted;
    private int _depth = -1;
    private long _line;
    private int _number;

    /// <inheritdoc />
    public string? Take(ref Utf8JsonReader json, long line)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject when _depth < 0:
                _row.Clear();
                (_depth, _line, _wanted) = (json.CurrentDepth, line, null);
                return null;
            case JsonTokenType.PropertyName when json.CurrentDepth == _depth + 1:
                _wanted = NfdumpFields.Find(json.ValueSpan, _last);
                _last = _wanted ?? _last;
                return null;
            case JsonTokenType.EndObject when json.CurrentDepth == _depth:
                _depth = -1;
                return Add();
        }

        // The first value of a name counts.
        if (_wanted is { } field && !_row.Has(field) && _row.Write(ref json) is { } length)
            _row.Keep(field, length);
        _wanted = null;
        return null;
    }

    /// <inheritdoc />
    public void Restart() => (_depth, _wanted) = (-1, null);

    /// <inheritdoc />
    public bool IsText(ReadOnlySpan<byte> line) => NfdumpText.IsKnown(line);

    private string? Add()
    {
        if (_number < int.MaxValue)
            _number++;
        if (NfdumpRecord.Read(_row, _record, out var hidesAnswers) is { } problem)
            return problem;
        var receivedNs = _row.TimeNs(NfdumpField.Received) ?? _row.TimeNs(NfdumpField.ReceivedOf16)
            ?? _row.TimeNs(NfdumpField.Last) ?? _row.TimeNs(NfdumpField.LastOf16)
            ?? _row.TimeNs(NfdumpField.First) ?? _row.TimeNs(NfdumpField.FirstOf16) ?? 0;
        var header = ExportHeader.OfStored(time.At(receivedNs), (uint)(_row.Count(NfdumpField.Exporter) ?? 0));
        flows.Add(_record, new ExportPlace(input, point, header, _domain, _line)
        {
            IsScaled = _row.Count(NfdumpField.Sampled) > 0,
            HidesAnswers = hidesAnswers,
        }, _number);
        return null;
    }
}
