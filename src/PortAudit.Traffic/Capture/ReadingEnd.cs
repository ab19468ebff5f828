using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Uniform texts for the end of reading, for all formats.</summary>
internal static class ReadingEnd
{
    /// <summary>The end when fewer bytes came than the next record needs: complete when there were none, else cut or
    /// unreadable.</summary>
    /// <param name="buffer">At the start of the incomplete record.</param>
    /// <param name="unit">The format's term for its parts: record, block.</param>
    /// <param name="frames">Frames returned or counted before.</param>
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

    /// <summary>The end at a malformed record.</summary>
    public static CaptureEnd Damaged(long offset, string unit, string contradiction, long frames) =>
        new(CaptureEndKind.Damaged, offset, Format($"the {unit} at offset {offset} {contradiction}; {Before(frames)}"));

    /// <summary>Text about a malformed record that was skipped.</summary>
    public static string PassedOver(long offset, string unit, string contradiction, long next) =>
        string.Create(CultureInfo.InvariantCulture,
            $"the {unit} at offset {offset} {contradiction}; reading goes on {next - offset} bytes behind it, "
                + $"at offset {next}");

    /// <summary>The end in cut or damaged compressed data, with the text of <see cref="GzipContent"/>.</summary>
    private static CaptureEnd OfCompressedData(BlockBuffer buffer, string unit, long frames)
    {
        var kind = buffer.Failure is EndOfStreamException ? CaptureEndKind.Cut : CaptureEndKind.Damaged;
        return new CaptureEnd(kind, buffer.Offset,
            string.Create(CultureInfo.InvariantCulture,
                $"{buffer.Failure!.Message} {buffer.Available} bytes into the {unit} at offset "
                    + $"{buffer.Offset}; {Before(frames)}"));
    }

    /// <summary>The error for an incomplete file header.</summary>
    /// <param name="buffer">At the start of the header.</param>
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

    /// <summary>Which packets came before. They are not called valid: the last one may be damaged.</summary>
    private static string Before(long frames) => frames switch
    {
        0 => "no packet precedes it",
        1 => "packet 1 precedes it",
        _ => Format($"packets 1-{frames} precede it"),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
