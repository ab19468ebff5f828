using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>When the bytes of a flow passed: their sums by buckets of time.</summary>
/// <param name="Level">Level of the buckets in <see cref="TimeGrid"/>.</param>
/// <param name="Sums">The buckets in which bytes passed, by time, each once; their sum is that of the flow.</param>
public sealed record ByteTimes(int Level, ImmutableArray<ByteSum> Sums)
{
    /// <summary>Buckets of a flow at most, as many as a plot has columns.</summary>
    public const int MaximumBuckets = 240;

    /// <summary>The sums of two halves of a connection; null when either is not known.</summary>
    public static ByteTimes? Of(ByteTimes? one, ByteTimes? other)
    {
        if (one is null || other is null)
            return null;
        var level = Math.Max(one.Level, other.Level);
        while (true)
        {
            var sums = new SortedDictionary<long, long>();
            foreach (var times in (ReadOnlySpan<ByteTimes>)[one, other])
            {
                foreach (var sum in times.Sums)
                {
                    var bucket = TimeGrid.Coarser(sum.Bucket, times.Level, level);
                    sums[bucket] = sums.GetValueOrDefault(bucket) + sum.Bytes;
                }
            }

            if (sums.Count <= MaximumBuckets || level == TimeGrid.CoarsestLevel)
                return new ByteTimes(level, [.. sums.Select(sum => new ByteSum(sum.Key, sum.Value))]);
            level++;
        }
    }
}

/// <summary>Bytes that passed in a bucket of time.</summary>
/// <param name="Bucket">The bucket, counted from the Unix epoch.</param>
/// <param name="Bytes">Sum of original frame lengths, both directions.</param>
public readonly record struct ByteSum(long Bucket, long Bytes);
