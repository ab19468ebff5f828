using System.Collections.Immutable;
using System.Numerics;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Makes sets of numbers.</summary>
public static class IntervalSet
{
    /// <summary>The set without members.</summary>
    public static IntervalSet<T> Empty<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Constants<T>.Empty;

    /// <summary>The set of all values of the type.</summary>
    public static IntervalSet<T> All<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Constants<T>.All;

    /// <summary>A set of one value.</summary>
    public static IntervalSet<T> Of<T>(T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new([new Interval<T>(value, value)]);

    /// <summary>A set of one range; empty when <paramref name="last"/> is below <paramref name="first"/>.</summary>
    public static IntervalSet<T> Of<T>(T first, T last)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        last < first ? Empty<T>() : new([new Interval<T>(first, last)]);

    /// <summary>The union of ranges in any order; ranges may overlap.</summary>
    public static IntervalSet<T> Of<T>(IEnumerable<Interval<T>> ranges)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var merged = ImmutableArray.CreateBuilder<Interval<T>>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && (merged[^1].Last == T.MaxValue || range.First <= merged[^1].Last + T.One))
                merged[^1] = merged[^1] with { Last = T.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }

        return new IntervalSet<T>(merged.ToImmutable());
    }

    private static class Constants<T>
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        internal static readonly IntervalSet<T> Empty = new([]);
        internal static readonly IntervalSet<T> All = new([new Interval<T>(T.MinValue, T.MaxValue)]);
    }
}

/// <summary>An immutable set of numbers, kept as ascending ranges that neither overlap nor touch.</summary>
/// <typeparam name="T">An integer type; all its values make the full set.</typeparam>
public sealed class IntervalSet<T> : IEquatable<IntervalSet<T>>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly ImmutableArray<Interval<T>> _ranges;

    internal IntervalSet(ImmutableArray<Interval<T>> ranges) => _ranges = ranges;

    /// <summary>The ranges, ascending; neighbours have a gap between them.</summary>
    public ImmutableArray<Interval<T>> Ranges => _ranges;

    /// <summary>True when nothing is in the set.</summary>
    public bool IsEmpty => _ranges.IsEmpty;

    /// <summary>True when every value of the type is in the set.</summary>
    public bool IsAll => _ranges is [var only] && only.First == T.MinValue && only.Last == T.MaxValue;

    /// <summary>True when <paramref name="value"/> is in the set; a binary search.</summary>
    public bool Contains(T value)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (value < _ranges[middle].First)
                high = middle - 1;
            else if (value > _ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    /// <summary>All members of either set.</summary>
    public IntervalSet<T> Union(IntervalSet<T> other) =>
        other.IsEmpty || IsAll ? this : IsEmpty || other.IsAll ? other
        : IntervalSet.Of(_ranges.Concat(other._ranges));

    /// <summary>The members that both sets have.</summary>
    public IntervalSet<T> Intersect(IntervalSet<T> other)
    {
        if (IsAll || other.IsEmpty)
            return other;
        if (other.IsAll || IsEmpty)
            return this;
        var common = ImmutableArray.CreateBuilder<Interval<T>>();
        for (var (i, j) = (0, 0); i < _ranges.Length && j < other._ranges.Length;)
        {
            var (first, second) = (_ranges[i], other._ranges[j]);
            var overlap = new Interval<T>(T.Max(first.First, second.First), T.Min(first.Last, second.Last));
            if (overlap.First <= overlap.Last)
                common.Add(overlap);
            if (first.Last < second.Last)
                i++;
            else
                j++;
        }

        return new IntervalSet<T>(common.ToImmutable());
    }

    /// <summary>All values of the type that are not in the set.</summary>
    public IntervalSet<T> Complement()
    {
        var gaps = ImmutableArray.CreateBuilder<Interval<T>>();
        var next = T.MinValue;
        foreach (var range in _ranges)
        {
            if (range.First > next)
                gaps.Add(new Interval<T>(next, range.First - T.One));
            if (range.Last == T.MaxValue)
                return new IntervalSet<T>(gaps.ToImmutable());
            next = range.Last + T.One;
        }

        gaps.Add(new Interval<T>(next, T.MaxValue));
        return new IntervalSet<T>(gaps.ToImmutable());
    }

    /// <summary>The members that <paramref name="other"/> lacks.</summary>
    public IntervalSet<T> Except(IntervalSet<T> other) =>
        IsEmpty || other.IsEmpty ? this : Intersect(other.Complement());

    /// <summary>True when the sets have a member in common.</summary>
    public bool Overlaps(IntervalSet<T> other)
    {
        for (var (i, j) = (0, 0); i < _ranges.Length && j < other._ranges.Length;)
        {
            var (first, second) = (_ranges[i], other._ranges[j]);
            if (first.First <= second.Last && second.First <= first.Last)
                return true;
            if (first.Last < second.Last)
                i++;
            else
                j++;
        }

        return false;
    }

    /// <summary>True when every member is also in <paramref name="other"/>.</summary>
    public bool IsSubsetOf(IntervalSet<T> other)
    {
        if (other.IsAll || IsEmpty)
            return true;
        var j = 0;
        foreach (var range in _ranges)
        {
            while (j < other._ranges.Length && other._ranges[j].Last < range.First)
                j++;
            if (j == other._ranges.Length || range.First < other._ranges[j].First || range.Last > other._ranges[j].Last)
                return false;
        }

        return true;
    }

    /// <inheritdoc />
    public bool Equals(IntervalSet<T>? other) => other is not null
        && _ranges.AsSpan().SequenceEqual(other._ranges.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as IntervalSet<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var range in _ranges)
            hash.Add(range);
        return hash.ToHashCode();
    }

    /// <summary>The ranges, comma-separated: <c>80,443,1024-65535</c>.</summary>
    public override string ToString() => string.Join(',', _ranges.Select(range =>
        range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
}
