using System.Collections.Immutable;
using System.Numerics;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Learned;

/// <summary>How many bytes connections sent one way, in steps of powers of two: sums of two distributions are exact,
/// and a quantile is known to a factor of two.</summary>
/// <param name="Largest">Bytes of the largest.</param>
/// <param name="Steps">Connections by step, ascending; steps without one are left out.</param>
public sealed record SizeDistribution(long Largest, ImmutableArray<SizeStep> Steps)
{
    /// <summary>Steps of all positive 64-bit numbers; the last one ends at their largest.</summary>
    public const int MaximumSteps = 64;

    /// <summary>Bytes below which this share of the connections lie: the end of a step; the largest in the last
    /// one.</summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    public long Within(double share)
    {
        var (wanted, counted) = (share * Steps.Sum(step => (double)step.Connections), 0.0);
        foreach (var step in Steps)
        {
            counted += step.Connections;
            if (counted >= wanted)
                return Math.Min(step.Below - 1, Largest);
        }

        return Largest;
    }

    internal SizeDistribution UnionWith(SizeDistribution other) => new(Math.Max(Largest, other.Largest),
    [
        .. Steps.Concat(other.Steps).GroupBy(step => step.Below).OrderBy(group => group.Key)
            .Select(group => new SizeStep(group.Key, group.Sum(step => step.Connections))),
    ]);
}

/// <summary>Connections of about one size.</summary>
/// <param name="Below">Their bytes are below this power of two, and at least half of it; 1 for none.</param>
/// <param name="Connections">How many.</param>
public readonly record struct SizeStep(long Below, long Connections);

/// <summary>Adds up sizes.</summary>
internal sealed class SizeTally : IArchived
{
    private const int Count = SizeDistribution.MaximumSteps;

    private readonly long[] _steps = new long[Count];

    private long _largest;

    public void Add(long bytes)
    {
        _largest = Math.Max(_largest, bytes);
        _steps[bytes <= 0 ? 0 : BitOperations.Log2((ulong)bytes) + 1]++;
    }

    public void UnionWith(SizeTally other)
    {
        _largest = Math.Max(_largest, other._largest);
        for (var step = 0; step < Count; step++)
            _steps[step] += other._steps[step];
    }

    public void Persist(StateArchive archive)
    {
        _largest = archive.Number(_largest);
        archive.Numbers(_steps);
    }

    public SizeDistribution ToDistribution() => new(_largest,
    [
        .. _steps.Select((connections, step) =>
                new SizeStep(step == Count - 1 ? long.MaxValue : 1L << step, connections))
            .Where(step => step.Connections > 0),
    ]);
}
