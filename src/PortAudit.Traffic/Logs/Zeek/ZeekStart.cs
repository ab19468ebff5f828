using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>What the first bytes of a file tell of it.</summary>
/// <param name="IsTable">True for the tab-separated form, false for JSON.</param>
/// <param name="Path">Name of its first stream; null when JSON names none.</param>
/// <param name="Stream">The first stream in it that is read; null for none.</param>
/// <param name="MayHoldOthers">True when rows of several streams stand in it.</param>
internal sealed record ZeekStart(bool IsTable, string? Path, ZeekStream? Stream, bool MayHoldOthers)
    : LogContent
{
    /// <inheritdoc />
    public override bool HasFlows => Stream == ZeekStream.Connections || MayHoldOthers;

    /// <inheritdoc />
    public override bool IsRead => Stream is not null;

    /// <inheritdoc />
    public override string Format => (IsTable, Path ?? Stream?.Path) switch
    {
        (true, { } path) => $"Zeek {path} log, TSV",
        (true, null) => "Zeek log, TSV",
        (false, { } path) => $"Zeek {path} log, JSON lines",
        (false, null) => "Zeek log, JSON lines",
    };

    /// <summary>Recognises a log; null for anything else.</summary>
    /// <param name="start">First bytes of the file.</param>
    public static ZeekStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        start = start.StartsWith("\uFEFF"u8) ? start["\uFEFF"u8.Length..] : start;
        return start switch
        {
            [(byte)'#', ..] => OfTable(start),
            [(byte)'{', ..] => OfJson(start),
            _ => null,
        };
    }

    private static ZeekStart? OfTable(ReadOnlySpan<byte> start)
    {
        var table = new ZeekTable();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        ZeekStream? stream = null;
        var isZeek = false;
        string? path = null;
        while (!start.IsEmpty)
        {
            var line = LineOf(ref start);
            if (!line.StartsWith("#"u8))
                continue;
            table.ReadHeading(line);
            isZeek |= table.HasColumns && (table.Path is not null || table.Has(ZeekField.Uid));
            if (table.Path is { } named && paths.Add(named))
                path ??= named;
            if (table.HasColumns)
                stream ??= table.Stream;
        }

        return isZeek ? new ZeekStart(true, path, stream, paths.Count > 1) : null;
    }

    private static ZeekStart? OfJson(ReadOnlySpan<byte> start)
    {
        var (row, json) = (new ZeekRow(), new ZeekJson());
        var paths = new HashSet<string>(StringComparer.Ordinal);
        ZeekStream? stream = null;
        string? path = null;
        for (var isFirst = true; !start.IsEmpty && json.TryRead(LineOf(ref start), row); isFirst = false)
        {
            var named = row.Text(ZeekField.Path);
            if (named is not null)
                paths.Add(named);
            stream ??= ZeekStream.Of(row);
            if (!isFirst)
                continue;
            path = named;

            // What names its stream needs no more: the list of loaded scripts has not even times.
            if (path is null && (!row.Has(ZeekField.Timestamp) || (stream is null
                && !(row.Has(ZeekField.Uid) && row.Has(ZeekField.OriginatorAddress)))))
                return null;
        }

        var isZeek = path is not null || stream is not null;
        return isZeek ? new ZeekStart(false, path, stream, paths.Count > 1) : null;
    }

    private static ReadOnlySpan<byte> LineOf(ref ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var line = end < 0 ? start : start[..end];
        start = end < 0 ? default : start[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
