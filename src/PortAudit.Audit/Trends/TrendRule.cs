namespace PortAudit.Audit.Trends;

/// <summary>When a count differs from those of earlier periods by more than chance
/// (docs/report.md, "Trend").</summary>
internal static class TrendRule
{
    /// <summary>Earlier periods without which nothing grows, shrinks or goes: of one, the usual spread is not
    /// known.</summary>
    public const int FewestEarlier = 2;

    /// <summary>Flows by which counts have to differ: a small count never grows.</summary>
    public const int FewestFlows = 10;

    /// <summary>How many times the median is grown, and what part of it is shrunk.</summary>
    private const int Factor = 2;

    /// <summary>Standard deviations between a count and the median: 3 in 100,000 are that far above it by
    /// chance.</summary>
    private const double Deviations = 4;

    /// <summary>Standard deviations of a normal distribution for a median absolute deviation.</summary>
    private const double DeviationsOfMad = 1.4826;

    /// <summary>Probability below which an absence is no chance.</summary>
    private const double Unlikely = 0.01;

    /// <summary>The first place from which on all counts are above those before (<see cref="IsGrown"/>), or all below
    /// (<see cref="IsShrunk"/>); null without one.</summary>
    /// <param name="counts">The counts of periods, ascending.</param>
    /// <param name="isGrown">True for above.</param>
    public static int? Since(IReadOnlyList<long> counts, bool isGrown)
    {
        // A place has all counts on one side, which most have not, before medians are worth their time.
        var sign = isGrown ? 1 : -1;
        var least = new long[counts.Count];
        for (var i = counts.Count - 1; i >= 0; i--)
            least[i] = Math.Min(sign * counts[i], i + 1 < counts.Count ? least[i + 1] : long.MaxValue);
        var most = long.MinValue;
        for (var first = 0; first < counts.Count; first++)
        {
            if (first >= FewestEarlier && least[first] > most && Holds(counts, first, isGrown))
                return first;
            most = Math.Max(most, sign * counts[first]);
        }

        return null;
    }

    /// <summary>True when all counts from a place on are above those before, or all below.</summary>
    public static bool Holds(IReadOnlyList<long> counts, int first, bool isGrown)
    {
        var before = counts.Take(first).ToList();
        return isGrown ? IsGrown(counts.Skip(first).Min(), before) : IsShrunk(counts.Skip(first).Max(), before);
    }

    /// <summary>True when a count is above all earlier ones, at least twice their median, and further above it than
    /// chance explains.</summary>
    public static bool IsGrown(long now, IReadOnlyList<long> earlier)
    {
        var median = Median(earlier);
        return earlier.Count >= FewestEarlier && now > earlier.Max() && now >= Factor * median
            && now - median >= FewestFlows && Distance(now, earlier) >= Deviations;
    }

    /// <summary>True when a count is below all earlier ones, at most half of their median, and further below it than
    /// chance explains.</summary>
    public static bool IsShrunk(long now, IReadOnlyList<long> earlier)
    {
        var median = Median(earlier);
        return earlier.Count >= FewestEarlier && now < earlier.Min() && Factor * now <= median
            && median - now >= FewestFlows && Distance(now, earlier) <= -Deviations;
    }

    /// <summary>True when it is no chance that a service was not seen in the last periods: before, each period had many
    /// flows of it (<see cref="IsShrunk"/>), or so many periods had it that the order would rarely come by
    /// chance.</summary>
    /// <param name="before">Flows in the periods up to the last with a flow.</param>
    /// <param name="absent">Periods since, none with a flow.</param>
    public static bool IsGone(IReadOnlyList<long> before, int absent)
    {
        if (absent == 0 || before.Count < FewestEarlier)
            return false;
        return IsShrunk(0, before) || Chance(before.Count(flows => flows > 0), before.Count, absent) <= Unlikely;
    }

    public static double Median(IReadOnlyList<long> counts) =>
        counts.Count == 0 ? 0 : Median([.. counts.Select(count => (double)count)]);

    /// <summary>The probability that all periods with a service stand before the last ones, if every order of periods
    /// is as likely: of the hypergeometric distribution.</summary>
    private static double Chance(int seen, int before, int absent)
    {
        var chance = 1.0;
        for (var i = 0; i < seen; i++)
            chance *= (before - i) / (double)(before + absent - i);
        return chance;
    }

    /// <summary>Standard deviations between a count and the median of others. Counts are transformed so that those of a
    /// Poisson distribution deviate by 1 (F. J. Anscombe, The transformation of Poisson, binomial and negative-binomial
    /// data, Biometrika 35, 1948); where the others deviate more among themselves, that holds.</summary>
    private static double Distance(long now, IReadOnlyList<long> earlier)
    {
        double[] others = [.. earlier.Select(Transformed)];
        var median = Median(others);
        var spread = DeviationsOfMad * Median([.. others.Select(other => Math.Abs(other - median))]);
        return (Transformed(now) - median) / Math.Max(1, spread);
    }

    private static double Transformed(long count) => 2 * Math.Sqrt(count + 0.375);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
