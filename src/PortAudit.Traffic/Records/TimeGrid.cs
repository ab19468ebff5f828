using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>Widths of time buckets, each a multiple of the one before, so that buckets nest. Buckets begin at multiples
/// of their width since the Unix epoch, so all series use the same ones.</summary>
public static class TimeGrid
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000 * Millisecond;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private static readonly ImmutableArray<long> Widths =
    [
        Millisecond, 2 * Millisecond, 10 * Millisecond, 20 * Millisecond, 100 * Millisecond, 200 * Millisecond,
        Second, 2 * Second, 10 * Second, 30 * Second, Minute, 5 * Minute, 15 * Minute, Hour, 3 * Hour, 12 * Hour, Day,
        7 * Day, 28 * Day, 364 * Day, 3640 * Day,
    ];

    /// <summary>The coarsest level. All times that a capture can hold (292 years from 1970) are 30 of its
    /// buckets.</summary>
    public static int CoarsestLevel => Widths.Length - 1;

    /// <summary>Width of the buckets of a level, in nanoseconds. Level 0 is the finest.</summary>
    public static long WidthNs(int level) => Widths[level];

    /// <summary>The bucket that holds a time, counted from the Unix epoch.</summary>
    public static long BucketOf(long timestampNs, int level)
    {
        var (bucket, rest) = Math.DivRem(timestampNs, Widths[level]);
        return rest < 0 ? bucket - 1 : bucket;
    }

    /// <summary>The bucket of a coarser level that holds a bucket of a finer one.</summary>
    public static long Coarser(long bucket, int fromLevel, int toLevel) =>
        BucketOf(bucket * Widths[fromLevel], toLevel);
}
