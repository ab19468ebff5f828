using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>Reads Zeek's logs: first those beside conn.log, whose rows are kept by uid within limits, then the
/// connections, one row at a time.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class ZeekReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
{
    private readonly ZeekDetails _details = new();
    private readonly ZeekRow _row = new();

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
        {
            var start = StartOf(input.Member);
            if (start.Stream != ZeekStream.Connections || start.MayHoldOthers)
                ReadBeside(input.Member, input.Tally, position, cancellation);
        }

        foreach (var input in inputs)
        {
            if (input.Member.Content.HasFlows || input.Tally.HoldsConnections)
                ReadConnections(input.Member, input.Tally, position, cancellation);
        }
    }

    /// <summary>Reads the rows that are no connections.</summary>
    private void ReadBeside(LogMember member, LogTally tally, ReadingPosition? position, CancellationToken cancellation)
    {
        var before = _details.NotKept;
        Read(member, tally, position, isNoted: !member.Content.HasFlows, (stream, line) =>
            {
                tally.HoldsConnections |= stream == ZeekStream.Connections;
                if (stream == ZeekStream.Stats)
                    NoteDropped(tally);
                else if (stream is not null && stream != ZeekStream.Connections)
                    _details.Add(stream, _row, line);
                return null;
            }, cancellation);
        if (_details.NotKept - before is > 0 and var lost)
            tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{lost:N0} of its rows were not joined to connections, as at most {ZeekDetails.Maximum:N0} "
                    + $"connections and {ZeekCertificates.Maximum:N0} certificates are kept"));
        if (StartOf(member) is { Stream: null, Path: { } path })
            tally.NoteOddity($"nothing is read of Zeek's log '{path}'");
    }

    private void NoteDropped(LogTally tally)
    {
        if (_row.Count(ZeekField.PacketsDropped) is { } dropped
            && _row.TimeNs(ZeekField.Timestamp, out _) is { } timeNs && options.Takes(timeNs))
            tally.NoteDropped(dropped);
    }

    /// <summary>Reads the connections.</summary>
    private void ReadConnections(LogMember member, LogTally tally, ReadingPosition? position,
        CancellationToken cancellation)
    {
        var connections = new ZeekConnections(_details);
        var point = options.CapturePointOf(member.Path);
        var others = 0L;
        Read(member, tally, position, isNoted: member.Content.HasFlows, (stream, line) =>
        {
            if (stream != ZeekStream.Connections)
            {
                others += member.Content.HasFlows && !StartOf(member).MayHoldOthers ? 1 : 0;
                return null;
            }

            var flow = connections.TryRead(_row, line, point, out var outcome, out var problem);
            if (flow is null)
                return $"is no connection ({problem}), and was skipped";
            if (!options.Takes(flow.StartNs))
            {
                LeftOut++;
                return null;
            }

            tally.Add(flow);
            tally.Point = point;
            sink(flow, outcome.AtOnce);
            return null;
        }, cancellation);
        if (others > 0)
            tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{others:N0} rows of other logs in it were not read: keep each log in files of its own"));
    }

    private static ZeekStart StartOf(LogMember member) => (ZeekStart)member.Content;

    /// <summary>Reads all rows of a file.</summary>
    /// <param name="member">The file.</param>
    /// <param name="tally">What is read of it.</param>
    /// <param name="position">Receives the bytes read.</param>
    /// <param name="isNoted">True to note what is wrong with it, in the one reading that does.</param>
    /// <param name="visit">Is given each row; returns what is wrong with it, or null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    private void Read(LogMember member, LogTally tally, ReadingPosition? position, bool isNoted,
        Func<ZeekStream?, FrameReference, string?> visit, CancellationToken cancellation)
    {
        var (table, json, isTable) = (new ZeekTable(), new ZeekJson(), StartOf(member).IsTable);
        LineReading.Read(new LogInput(member, tally), position, isNoted, (line, at, isUnended) =>
        {
            if (isTable && line.StartsWith("#"u8))
            {
                table.ReadHeading(line);
                return null;
            }

            var problem = isTable ? ReadTable(table, line) : ReadJson(json, line);
            var stream = isTable ? table.Stream : problem is null ? ZeekStream.Of(_row) : null;
            problem ??= visit(stream, at);
            return problem ?? (isTable && isUnended ? "may be cut within its last value" : null);
        }, cancellation);
    }

    private string? ReadTable(ZeekTable table, ReadOnlySpan<byte> line)
    {
        if (!table.HasColumns)
            return "comes before headings that name its columns, and was skipped";
        var (values, columns) = (line.Count((byte)'\t') + 1, table.Columns);
        return table.TryRead(line, _row) ? null : string.Create(CultureInfo.InvariantCulture,
            $"has {values} values where its headings name {columns} columns, and was skipped");
    }

    private string? ReadJson(ZeekJson json, ReadOnlySpan<byte> line) =>
        json.TryRead(line, _row) ? null : "is no JSON object, and was skipped";
}
