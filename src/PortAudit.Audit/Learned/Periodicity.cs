namespace PortAudit.Audit.Learned;

/// <summary>
/// Tells whether events come at regular intervals. Moran's test ("The random division of an interval – Part II",
/// Journal of the Royal Statistical Society B 13, 1951; Cox and Lewis, The Statistical Analysis of Series of Events,
/// 1966, §6.3) compares the intervals with those of events that come at random: with n intervals d of mean m, the
/// statistic <c>2 Σ ln(m/d) / (1 + (n + 1) / 6n)</c> is near chi-squared with n − 1 degrees of freedom, and small when
/// the intervals are alike. People and their programs are not random in this sense either, so the spread of the
/// intervals has to be small as well.
/// </summary>
internal static class Periodicity
{
    /// <summary>Intervals that are needed.</summary>
    public const int MinimumIntervals = 10;

    /// <summary>Events closer to the first of a group are one event: programs open several connections at
    /// once.</summary>
    private const long SameEventNs = 1_000_000_000;

    /// <summary>Intervals above so many medians are pauses, as of a machine that sleeps.</summary>
    private const int PauseFactor = 3;

    /// <summary>One in so many intervals may be a pause.</summary>
    private const int IntervalsPerPause = 10;

    /// <summary>Half the distance between the quartiles of the intervals, as a part of their median, at most. Intervals
    /// spread evenly between a half and the whole of the longest have 0.17, random ones 0.79.</summary>
    private const double MaximumSpread = 0.25;

    /// <summary>How likely random events may at most be as regular.</summary>
    private const double MaximumChance = 1e-6;

    /// <summary>The period of events; null when nothing proves one.</summary>
    /// <param name="startsNs">Their times in nanoseconds, ascending.</param>
    public static Period? Of(IEnumerable<long> startsNs)
    {
        var intervals = IntervalsOf(startsNs);
        if (intervals.Count < MinimumIntervals)
            return null;
        intervals.Sort();
        var pauseNs = PauseFactor * Quantile(intervals, 0.5);
        var all = intervals.Count;
        intervals.RemoveAll(interval => interval > pauseNs);
        var pauses = all - intervals.Count;
        if (intervals.Count < MinimumIntervals || pauses > all / IntervalsPerPause)
            return null;
        var median = Quantile(intervals, 0.5);
        var spread = (Quantile(intervals, 0.75) - Quantile(intervals, 0.25)) / 2;
        return spread <= MaximumSpread * median && ChanceOf(intervals) <= MaximumChance
            ? new Period((long)median, (long)spread, all + 1, pauses)
            : null;
    }

    private static List<double> IntervalsOf(IEnumerable<long> startsNs)
    {
        var intervals = new List<double>();
        long? last = null;
        foreach (var start in startsNs)
        {
            if (last is { } before && start - before < SameEventNs)
                continue;
            if (last is { } earlier)
                intervals.Add(start - earlier);
            last = start;
        }

        return intervals;
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var at = share * (sorted.Count - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>How likely random events have intervals as alike.</summary>
    private static double ChanceOf(List<double> intervals)
    {
        var count = intervals.Count;
        var mean = intervals.Average();
        var statistic = 2 * intervals.Sum(interval => Math.Log(mean / interval)) / (1 + ((count + 1) / (6.0 * count)));
        return ChiSquaredBelow(statistic, count - 1);
    }

    /// <summary>The chi-squared distribution function, by its series (Abramowitz and Stegun, 6.5.29); 1 in its upper
    /// half, where nothing is proved.</summary>
    private static double ChiSquaredBelow(double value, int degrees)
    {
        var (shape, x) = (degrees / 2.0, value / 2);
        if (x >= shape)
            return 1;
        if (x <= 0)
            return 0;
        var (term, sum) = (1.0, 1.0);
        for (var step = 1; term > sum * 1e-12; step++)
        {
            term *= x / (shape + step);
            sum += term;
        }

        return Math.Exp((shape * Math.Log(x)) - x - LogGamma(shape + 1)) * sum;
    }

    /// <summary>The logarithm of the gamma function of a multiple of one half.</summary>
    private static double LogGamma(double value)
    {
        var log = value % 1 == 0 ? 0 : Math.Log(Math.PI) / 2;
        for (var factor = value % 1 == 0 ? 1 : 0.5; factor < value; factor++)
            log += Math.Log(factor);
        return log;
    }
}

/// <summary>Events at regular intervals.</summary>
/// <param name="PeriodNs">The median interval, in nanoseconds.</param>
/// <param name="JitterNs">Half the distance between the quartiles: half of the intervals differ by no more from the
/// median, about.</param>
/// <param name="Events">Number of events.</param>
/// <param name="Pauses">Intervals above three medians, which are left out.</param>
public sealed record Period(long PeriodNs, long JitterNs, int Events, int Pauses);
