using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Takes a line of a log.</summary>
/// <param name="line">The line, not blank; valid during the call.</param>
/// <param name="at">Its file and number.</param>
/// <param name="isUnended">True for the last line if no line end follows.</param>
/// <returns>What is wrong with it, a clause that follows its number; null when nothing is. Wrong and unended, it is
/// cut.</returns>
internal delegate string? LineTaker(ReadOnlySpan<byte> line, FrameReference at, bool isUnended);

/// <summary>Reads a log that has a row a line.</summary>
internal static class LineReading
{
    /// <summary>Reads all lines of a file.</summary>
    /// <param name="input">The file, and what is read of it.</param>
    /// <param name="position">Receives the bytes read; null for nothing.</param>
    /// <param name="isNoted">True to note what is wrong with it: in one of several readings.</param>
    /// <param name="take">Takes each line.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static void Read(LogInput input, ReadingPosition? position, bool isNoted, LineTaker take,
        CancellationToken cancellation)
    {
        if (LogFile.TryOpen(input.Member.Path, position, out _) is not { } buffer)
            return;
        using var lines = new LogLines(buffer);
        var isCut = false;
        while (!cancellation.IsCancellationRequested && lines.TryRead(out var line))
        {
            line = lines.Number == 1 && line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line;
            if (line.Trim(" \t"u8).IsEmpty)
                continue;
            var problem = take(line, new FrameReference(input.Member.Capture, lines.Number), lines.IsUnended);

            // What a cut line lacks is no damage of its own.
            isCut = lines.IsUnended && problem is not null;
            if (problem is not null && isNoted && !isCut)
                input.Tally.NoteDamage(lines.Offset, line.Length, lines.Number, problem);
        }

        if (isNoted && !cancellation.IsCancellationRequested)
            input.Tally.End(lines, isCut);
    }
}
