namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>Lines of text that nfdump prints beside records, unless it is called with <c>-q</c>.</summary>
internal static class NfdumpText
{
    private static readonly byte[][] Starts =
    [
        "No matching flows"u8.ToArray(), "No matched flows"u8.ToArray(), "IP addresses anonymised"u8.ToArray(),
        "Summary: "u8.ToArray(), "Time window: "u8.ToArray(), "Total flows processed: "u8.ToArray(),
        "Total records processed: "u8.ToArray(), "Sys: "u8.ToArray(),
    ];

    /// <summary>True for such a line.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> line)
    {
        foreach (var start in Starts)
        {
            if (line.StartsWith(start))
                return true;
        }

        return false;
    }
}
