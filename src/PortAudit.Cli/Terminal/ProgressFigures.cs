using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Terminal;

/// <summary>Figures of a progress line: smoothed rates, and a remaining time that counts down steadily.</summary>
/// <param name="title">What is done.</param>
/// <param name="position">How far it has come; null where it is not counted.</param>
/// <param name="totalBytes">Bytes at its end; null where that is not known.</param>
internal sealed class ProgressFigures(string title, ReadingPosition? position, long? totalBytes)
{
    /// <summary>Seconds after which what was measured has lost two thirds of its weight.</summary>
    private const double Memory = 5;

    /// <summary>The end that was foretold stands until a new measure differs by this part of the time left, and by more
    /// than <see cref="LeastCorrection"/>.</summary>
    private const double Tolerance = 0.15;

    /// <summary>The first seconds mostly measure startup.</summary>
    private static readonly TimeSpan FirstForecast = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LeastCorrection = TimeSpan.FromSeconds(2);

    private double _packetRate;
    private double _byteRate;
    private double _weight;
    private TimeSpan? _end;

    public string Title => title;

    public TimeSpan Elapsed { get; private set; }

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public double PacketsPerSecond => _weight > 0 ? _packetRate / _weight : 0;

    public double BytesPerSecond => _weight > 0 ? _byteRate / _weight : 0;

    /// <summary>The part that is done, 0 to 1; null where the whole is not known. A file that grows while it is read is
    /// never more than done.</summary>
    public double? Share => totalBytes is > 0 and var total ? Math.Min(1, Bytes / (double)total) : null;

    /// <summary>Time until the end; null where the whole is not known, in the first seconds, and when all is read and
    /// only the rest of the work is to be done.</summary>
    public TimeSpan? Left => _end is { } end ? TimeSpan.FromTicks(Math.Max(0, (end - Elapsed).Ticks)) : null;

    /// <summary>Looks how far the step has come.</summary>
    /// <param name="elapsed">Time since it began.</param>
    public void Update(TimeSpan elapsed)
    {
        var seconds = (elapsed - Elapsed).TotalSeconds;
        var (packets, bytes) = position is null ? (0, 0) : (position.Packets, position.Bytes);

        // When all is read, the rates stay what they were.
        if (seconds > 0 && Share is not 1)
        {
            // An average that forgets exponentially. The weights begin at nothing, so the first measures count in full.
            var kept = Math.Exp(-seconds / Memory);
            _packetRate = (kept * _packetRate) + ((1 - kept) * ((packets - Packets) / seconds));
            _byteRate = (kept * _byteRate) + ((1 - kept) * ((bytes - Bytes) / seconds));
            _weight = (kept * _weight) + (1 - kept);
        }

        (Elapsed, Packets, Bytes) = (elapsed, packets, bytes);
        _end = Foretell();
    }

    private TimeSpan? Foretell()
    {
        if (Share is not < 1 || BytesPerSecond <= 0 || Elapsed < FirstForecast)
            return null;
        var left = TimeSpan.FromSeconds(Math.Min((totalBytes!.Value - Bytes) / BytesPerSecond,
            TimeSpan.MaxValue.TotalSeconds / 4));
        var end = Elapsed + left;
        var correction = LeastCorrection > left * Tolerance ? LeastCorrection : left * Tolerance;
        return _end is { } before && (end - before).Duration() <= correction ? before : end;
    }
}
