namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>What the first bytes of a file tell of it.</summary>
/// <param name="IsTable">True for the tab-separated form, false for JSON.</param>
/// <param name="Path">Name of its first stream; null when JSON names none.</param>
/// <param name="Stream">The stream, when it is read.</param>
internal sealed record ZeekStart(bool IsTable, string? Path, ZeekStream? Stream)
{
    /// <summary>Lines looked at before the first row.</summary>
    private const int MaximumLines = 100;

    /// <summary>True when rows of other streams may stand in the file, too.</summary>
    public bool MayHoldOthers => !IsTable && Path is not null;

    /// <summary>Name of the format.</summary>
    public string Format => (IsTable, Path ?? Stream?.Path) switch
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
        for (var lines = 0; lines < MaximumLines && start.StartsWith("#"u8) && !table.HasColumns; lines++)
        {
            table.ReadHeading(LineOf(ref start));
        }

        var isZeek = table.HasColumns && (table.Path is not null || table.Has(ZeekField.Uid));
        return isZeek ? new ZeekStart(true, table.Path, table.Stream) : null;
    }

    private static ZeekStart? OfJson(ReadOnlySpan<byte> start)
    {
        var row = new ZeekRow();
        if (!new ZeekJson().TryRead(LineOf(ref start), row))
            return null;
        var path = row.Text(ZeekField.Path);
        var stream = ZeekStream.Of(row);
        var isZeek = row.Has(ZeekField.Timestamp) && (path is not null || stream is not null
            || (row.Has(ZeekField.Uid) && row.Has(ZeekField.OriginatorAddress)));
        return isZeek ? new ZeekStart(false, path, stream) : null;
    }

    private static ReadOnlySpan<byte> LineOf(ref ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var line = end < 0 ? start : start[..end];
        start = end < 0 ? default : start[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
