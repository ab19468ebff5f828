using System.Numerics;

namespace PortAudit.Audit.Policies.Model;

/// <summary>One dimension of a <see cref="RuleBlock"/>: for each value the rules that may match it, one bit each
/// (T. V. Lakshman, D. Stiliadis: "High-speed policy-based packet forwarding using efficient multi-dimensional range
/// matching", SIGCOMM 1998, §4).</summary>
/// <typeparam name="T">An integer type.</typeparam>
internal sealed class RuleAxis<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <summary>Ranges of an axis for each of its rules, on average. Sets of more are widened until this holds, which
    /// bounds an axis to 8,193 vectors of 128 bytes.</summary>
    public const int MaxRangesPerRule = 4;

    private readonly T[] _starts;
    private readonly ushort[] _vectorOf;
    private readonly ulong[] _vectors;
    private readonly int _words;

    /// <summary>Makes the axis of some rules.</summary>
    /// <param name="sets">What each rule matches; at most <see cref="RuleBlock.MaxRules"/>.</param>
    public RuleAxis(IReadOnlyList<IntervalSet<T>> sets)
    {
        _words = RuleBlock.WordsOf(sets.Count);
        var changes = Changes(Narrowed(sets));
        _starts = [.. changes.Select(change => change.At).Prepend(T.MinValue).Distinct()];
        _vectorOf = new ushort[_starts.Length];
        var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var vectors = new List<ulong>();
        var vector = new ulong[_words];
        var next = 0;
        for (var segment = 0; segment < _starts.Length; segment++)
        {
            for (; next < changes.Count && changes[next].At == _starts[segment]; next++)
                vector[changes[next].Rule / 64] ^= 1UL << (changes[next].Rule % 64);
            var key = string.Join(',', vector);
            if (!known.TryGetValue(key, out var number))
            {
                number = (ushort)known.Count;
                known.Add(key, number);
                vectors.AddRange(vector);
            }

            _vectorOf[segment] = number;
        }

        _vectors = [.. vectors];
    }

    /// <summary>The rules that may match a value, a bit each.</summary>
    public ReadOnlySpan<ulong> At(T value)
    {
        var (low, high) = (0, _starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (value < _starts[middle])
                high = middle - 1;
            else
                low = middle;
        }

        return _vectors.AsSpan(_vectorOf[low] * _words, _words);
    }

    /// <summary>Where rules begin and cease to match, ascending. Ranges of one rule do not touch, so that a change is
    /// the flip of a bit.</summary>
    private static List<(T At, int Rule)> Changes(IReadOnlyList<IntervalSet<T>> sets)
    {
        var changes = new List<(T At, int Rule)>();
        for (var rule = 0; rule < sets.Count; rule++)
        {
            foreach (var range in sets[rule].Ranges)
            {
                changes.Add((range.First, rule));
                if (range.Last != T.MaxValue)
                    changes.Add((range.Last + T.One, rule));
            }
        }

        changes.Sort((first, second) => first.At.CompareTo(second.At));
        return changes;
    }

    /// <summary>The sets, or supersets of them with fewer ranges where there are too many.</summary>
    private static IReadOnlyList<IntervalSet<T>> Narrowed(IReadOnlyList<IntervalSet<T>> sets)
    {
        var budget = MaxRangesPerRule * sets.Count;
        var most = sets.Max(set => set.Ranges.Length);
        while (most > MaxRangesPerRule && sets.Sum(set => Math.Min(set.Ranges.Length, most)) > budget)
            most = Math.Max(MaxRangesPerRule, most / 2);
        return [.. sets.Select(set => set.Ranges.Length <= most ? set : Joined(set, most))];
    }

    private static IntervalSet<T> Joined(IntervalSet<T> set, int most) => IntervalSet.Of(set.Ranges
        .Chunk((set.Ranges.Length + most - 1) / most)
        .Select(group => new Interval<T>(group[0].First, group[^1].Last)));
}
