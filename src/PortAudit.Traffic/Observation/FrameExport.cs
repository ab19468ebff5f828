using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Observation;

/// <summary>
/// Writes chosen frames of captures to one file: byte by byte as they are, in the order in which they are observed,
/// each with its time as exact as its capture has it. Every interface of every capture becomes one of the file, named
/// after its capture point. Nothing is decoded, and memory does not grow with the frames.
/// </summary>
/// <param name="paths">Paths of the captures, as <see cref="CaptureSet.Paths"/> has them.</param>
/// <param name="options">How they were observed.</param>
/// <param name="commentsOf">What to say of a frame; asked once for each, in the order in which they are
/// written.</param>
/// <param name="writer">Where to.</param>
public sealed class FrameExport(ImmutableArray<string> paths, ObserverOptions options,
    Func<FrameReference, IEnumerable<string>> commentsOf, PcapngWriter writer)
{
    /// <summary>The earliest second that a time of 64 bits in nanoseconds can name; times before 1970 are counted from
    /// here.</summary>
    private const long EarliestSecond = long.MinValue / 1_000_000_000 - 1;

    private const int NanosecondDigits = 9;

    private readonly Dictionary<(int Capture, int Interface, bool IsFiner, bool IsEarly), int> _interfaces = [];

    /// <summary>How many frames were written: fewer than were asked for when the files changed in between, or when the
    /// reading was ended.</summary>
    public int Written { get; private set; }

    /// <summary>Writes a frame: a <see cref="FrameVisitor"/>.</summary>
    public void Write(FrameReference frame, in CapturedPacket packet, CaptureInterface described)
    {
        ArgumentNullException.ThrowIfNull(described);

        // Resolutions that are a power of two fall between decimal digits, and times before 1970 need another origin:
        // rare enough for an interface of their own.
        var key = (frame.Capture, packet.InterfaceIndex,
            IsFiner: !Resolves(described.TimestampDigits, packet.TimestampNs), IsEarly: packet.TimestampNs < 0);
        if (!_interfaces.TryGetValue(key, out var number))
            _interfaces.Add(key, number = Add(writer, described, paths[frame.Capture], options, key.IsFiner,
                key.IsEarly));
        writer.Write(number, packet, commentsOf(frame));
        Written++;
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
