using System.Globalization;
using System.Text.Json;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Reads one file.</summary>
/// <param name="input">The file.</param>
/// <param name="conversations">Joins its records.</param>
internal sealed class AwsFile(LogInput input, ConversationReading conversations) : IJsonSink
{
    private readonly int _point = conversations.PointOf(input.Member);
    private readonly MissingRecords _skipped = new();
    private AwsLayout? _layout;
    private bool _isMessage;
    private bool _hasUnnamed;

    /// <summary>Reads records that stand one a line. A cut line may be a whole record with a shorter last value.
    /// </summary>
    public void ReadLines(ReadingPosition? position, CancellationToken cancellation) =>
        LineReading.Read(input, position, isNoted: true,
            (line, at, _) => ReadLine(line.Trim(" \t"u8), at.Number), cancellation);

    /// <inheritdoc />
    public string? Take(ref Utf8JsonReader json, long line)
    {
        var isMessage = _isMessage;
        _isMessage = json.TokenType == JsonTokenType.PropertyName && AwsMessages.IsMessage(json.ValueSpan);
        return isMessage && json.TokenType == JsonTokenType.String ? ReadLine(json.ValueSpan, line) : null;
    }

    /// <inheritdoc />
    public void Restart() => _isMessage = false;

    /// <summary>Says what AWS did not record.</summary>
    public void NoteSkipped()
    {
        if (_skipped is { Count: > 0, FirstNs: { } first, LastNs: { } last })
            input.Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"SKIPDATA in {_skipped.Count:N0} of its records: AWS could not record all packets from {Time(first)} "
                    + $"to {Time(last)}, so what is not in the log may have passed then"));
        input.Tally.NoteOutages(_skipped.Times, "AWS could not record all packets (SKIPDATA)");
        if (_hasUnnamed)
            input.Tally.NoteOddity("no header names the fields behind the 14th, so these were not read");
    }

    private static string Time(long timeNs) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Min(timeNs / 1_000_000_000, 253_402_300_799))
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Reads a record or header. Returns what is wrong with it, or null.</summary>
    private string? ReadLine(ReadOnlySpan<byte> line, long number)
    {
        if (line.IsEmpty)
            return null;
        if (AwsLayout.TryRead(line) is { } header)
        {
            _layout = header;
            return header.Lacks is { } lacking
                ? $"is a header without '{AwsFields.NameOf(lacking)}', so the lines behind it were skipped"
                : null;
        }

        if (_layout is { Lacks: not null })
            return null;

        if (AwsMessages.WithoutTime(line) is { IsEmpty: false } rest)
            line = rest;
        var layout = _layout is { MayBeLonger: false } named ? named : AwsLayout.TryGuess(line) ?? _layout;
        if (layout is null)
            return "is no record of a flow log, and no header names its fields; it was skipped";
        _layout ??= layout.MayBeLonger ? null : layout;
        return ReadRow(line, layout, number);
    }

    private string? ReadRow(ReadOnlySpan<byte> line, AwsLayout layout, long number)
    {
        Span<Range> columns = stackalloc Range[AwsLayout.MaximumColumns];
        var count = AwsLayout.Split(line, layout.Separator, columns);
        if (count != layout.Columns && !(layout.MayBeLonger && count > layout.Columns))
            return string.Create(CultureInfo.InvariantCulture,
                $"has {count} values where its header names {layout.Columns} fields, and was skipped");
        _hasUnnamed |= count > layout.Columns;
        var row = new AwsRow(line, columns[..count], layout);
        var sensor = conversations.Sensors.NumberOf(row.Sensor);
        if (row.IsSkipped && row.TryInterval(out var startNs, out var endNs))
        {
            _skipped.Add(sensor, startNs, endNs);
            conversations.Missing.Add(sensor, startNs, endNs);
        }

        if (row.Status != AwsStatus.Record)
            return null;
        if (!row.TryRecord(sensor, conversations.Sensors[sensor], new FrameReference(input.Member.Capture, number),
            out var record, out var problem))
            return $"is no record ({problem}), and was skipped";
        conversations.Add(record, input.Tally, _point);
        return null;
    }
}
