using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Observation;

/// <summary>
/// Reads captures once more and writes chosen frames of them to one file: byte by byte as they are, in the order in
/// which they are observed, each with its time as exact as its capture has it. Every interface of every capture becomes
/// one of the file, named after its capture point. Nothing is decoded, and memory does not grow with the frames.
/// </summary>
public static class FrameExport
{
    /// <summary>The earliest second that a time of 64 bits in nanoseconds can name; times before 1970 are counted from
    /// here.</summary>
    private const long EarliestSecond = long.MinValue / 1_000_000_000 - 1;

    private const int NanosecondDigits = 9;

    /// <summary>Writes frames.</summary>
    /// <param name="captures">Captures that can be read again.</param>
    /// <param name="options">How they were observed.</param>
    /// <param name="frames">The frames to write. Reading ends behind the last of them.</param>
    /// <param name="commentsOf">What to say of a frame; asked once for each, in the order in which they are
    /// written.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="progress">Told how far reading has come; null for nobody.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <returns>How many frames were written: fewer than were asked for when the files changed in between, or when it
    /// was ended.</returns>
    public static int Write(
        CaptureSet captures, ObserverOptions options, IReadOnlyCollection<FrameReference> frames,
        Func<FrameReference, IEnumerable<string>> commentsOf, PcapngWriter writer, ReadingPosition? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(captures);
        ArgumentNullException.ThrowIfNull(commentsOf);
        var wanted = frames.ToHashSet();
        var interfaces = new Dictionary<(int Capture, int Interface, bool IsFiner, bool IsEarly), int>();
        var written = 0;
        using var merge = new CaptureMerge(captures, progress, options.Threads > 1);
        while (wanted.Count > 0 && !cancellation.IsCancellationRequested && merge.TryRead(out var packet))
        {
            if (progress is not null)
                progress.Packets++;
            var frame = new FrameReference(merge.Capture, packet.Number);
            if (!wanted.Remove(frame))
                continue;
            var described = merge.Source.Interfaces[packet.InterfaceIndex];

            // Resolutions that are a power of two fall between decimal digits, and times before 1970 need another
            // origin: rare enough for an interface of their own.
            var key = (merge.Capture, packet.InterfaceIndex,
                IsFiner: !Resolves(described.TimestampDigits, packet.TimestampNs), IsEarly: packet.TimestampNs < 0);
            if (!interfaces.TryGetValue(key, out var number))
                interfaces.Add(key, number = Add(writer, described, merge.Source.Path, options, key.IsFiner,
                    key.IsEarly));
            writer.Write(number, packet, commentsOf(frame));
            written++;
        }

        return written;
    }

    private static int Add(PcapngWriter writer, CaptureInterface described, string path, ObserverOptions options,
        bool isFiner, bool isEarly)
    {
        var point = options.CapturePointOf(path, described.Name);
        var origin = described.Name is { Length: > 0 } name && name != point ? $"{path}, interface {name}" : path;
        return writer.AddInterface(
            described with
            {
                Name = point.Length == 0 ? path : $"{point}: {path}",
                Description = described.Description is { Length: > 0 } words ? $"{origin}: {words}" : origin,
                TimestampDigits = isFiner ? NanosecondDigits : described.TimestampDigits,
            },
            isEarly ? EarliestSecond : 0);
    }

    private static bool Resolves(int digits, long timestampNs)
    {
        var unit = 1L;
        for (var digit = digits; digit < NanosecondDigits; digit++)
            unit *= 10;
        return timestampNs % unit == 0;
    }
}
