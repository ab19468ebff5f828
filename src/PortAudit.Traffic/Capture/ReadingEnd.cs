using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Words the end of reading alike for all formats.</summary>
internal static class ReadingEnd
{
    /// <summary>The end when fewer bytes came than the next record needs: complete when there was none, else cut or
    /// unreadable.</summary>
    /// <param name="buffer">Stands at the begin of the record that is not whole.</param>
    /// <param name="unit">What the format calls its parts: record, block.</param>
    /// <param name="frames">Frames handed out or counted before.</param>
    public static CaptureEnd OutOfBytes(BlockBuffer buffer, string unit, long frames)
    {
        if (buffer.Failure is EndOfStreamException or InvalidDataException)
            return OfCompressedData(buffer, unit, frames);
        if (buffer.Failure is { } failure)
            return new CaptureEnd(CaptureEndKind.Unreadable, buffer.Offset,
                string.Create(CultureInfo.InvariantCulture,
                    $"reading failed {buffer.Available} bytes into the {unit} at offset {buffer.Offset} "
                        + $"({failure.Message}); {Before(frames)}"));
        if (buffer.Available == 0)
            return new CaptureEnd(CaptureEndKind.Complete, buffer.Offset, "");
        return new CaptureEnd(CaptureEndKind.Cut, buffer.Offset, Format(
            $"the capture ends {buffer.Available} bytes into the {unit} at offset {buffer.Offset}; {Before(frames)}"));
    }

    /// <summary>The end at a record that contradicts the format.</summary>
    /// <param name="offset">Offset of the record.</param>
    /// <param name="unit">What the format calls its parts: record, block.</param>
    /// <param name="contradiction">What the record does wrong, a clause whose subject is the record.</param>
    /// <param name="frames">Frames handed out or counted before.</param>
    public static CaptureEnd Damaged(long offset, string unit, string contradiction, long frames) =>
        new(CaptureEndKind.Damaged, offset, Format($"the {unit} at offset {offset} {contradiction}; {Before(frames)}"));

    /// <summary>What is said of a record that contradicts the format when reading goes on behind it.</summary>
    /// <param name="offset">Offset of the record.</param>
    /// <param name="unit">What the format calls its parts: record, block.</param>
    /// <param name="contradiction">What the record does wrong, a clause whose subject is the record.</param>
    /// <param name="next">Offset at which reading goes on.</param>
    public static string PassedOver(long offset, string unit, string contradiction, long next) =>
        string.Create(CultureInfo.InvariantCulture,
            $"the {unit} at offset {offset} {contradiction}; reading goes on {next - offset} bytes behind it, "
                + $"at offset {next}");

    /// <summary>The end where compressed data are cut or damaged, in the words of <see cref="GzipContent"/>.</summary>
    private static CaptureEnd OfCompressedData(BlockBuffer buffer, string unit, long frames)
    {
        var kind = buffer.Failure is EndOfStreamException ? CaptureEndKind.Cut : CaptureEndKind.Damaged;
        return new CaptureEnd(kind, buffer.Offset,
            string.Create(CultureInfo.InvariantCulture,
                $"{buffer.Failure!.Message} {buffer.Available} bytes into the {unit} at offset "
                    + $"{buffer.Offset}; {Before(frames)}"));
    }

    /// <summary>The refusal of a file whose header is not whole.</summary>
    /// <param name="buffer">Stands at the begin of the header.</param>
    /// <param name="format">Name of the format.</param>
    /// <param name="length">Length of a whole header, in bytes.</param>
    /// <param name="path">The path as the user gave it.</param>
    public static CaptureFormatException HeaderCut(BlockBuffer buffer, string format, int length, string path)
    {
        var what = buffer.Failure is { } failure ? $"reading failed ({failure.Message})" : "the capture ends";
        return new CaptureFormatException(path, buffer.Available,
            string.Create(CultureInfo.InvariantCulture,
                $"{what} {buffer.Available} bytes into the {format} header of {length} bytes; capture or copy "
                    + $"it again"),
            buffer.Failure);
    }

    /// <summary>Which packets were handed out before. They are not called good: whether the last of them is whole shows
    /// in what follows it.</summary>
    private static string Before(long frames) => frames switch
    {
        0 => "no packet precedes it",
        1 => "packet 1 precedes it",
        _ => Format($"packets 1-{frames} precede it"),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
