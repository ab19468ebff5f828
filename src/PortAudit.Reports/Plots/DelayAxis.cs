using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Timelines;

namespace PortAudit.Reports.Plots;

/// <summary>A level axis of delays, logarithmic, over the decades that occur and at least two. Coordinates are
/// pixels.</summary>
/// <param name="firstNs">Where it begins, in nanoseconds: a power of ten.</param>
/// <param name="decades">How many powers of ten it reaches upwards.</param>
/// <param name="left">Its left end.</param>
/// <param name="right">Its right end.</param>
internal sealed class DelayAxis(long firstNs, int decades, double left, double right)
{
    /// <summary>Shorter delays are drawn at the left end: captures do not resolve them.</summary>
    private const long ShortestNs = 1_000;

    private const int MinimumDecades = 2;

    /// <summary>What half of the last label lacks beyond the right end, in pixels.</summary>
    private const double Inwards = 6;

    /// <summary>Decades up to which there is room for a label between two powers of ten.</summary>
    private const int MaximumWithMinor = 5;

    private static readonly ImmutableArray<int> Minor = [2, 5];

    public PlotAxis Axis => new([.. Marks()], [(left, right)], [],
        "time from the first packet to the first answer, logarithmic; a column is a step of some 12 %");

    public static DelayAxis Of(IEnumerable<DelayStep> steps, double left, double right)
    {
        var (shortest, longest) = (long.MaxValue, 0L);
        foreach (var step in steps)
            (shortest, longest) = (Math.Min(shortest, step.BeginNs), Math.Max(longest, step.EndNs));
        var first = ShortestNs / 10;
        while (first * 10 <= shortest)
            first *= 10;
        var decades = 1;
        for (var end = first * 10; end < longest; end *= 10)
            decades++;
        return new DelayAxis(first, Math.Max(decades, MinimumDecades), left, right);
    }

    public double X(long delayNs) =>
        left + (Math.Log10(Math.Max(1, (double)delayNs / firstNs)) * (right - left) / decades);

    private IEnumerable<AxisTick> Marks()
    {
        var decade = firstNs;
        for (var index = 0; index <= decades; index++, decade *= 10)
        {
            yield return Mark(decade);
            if (index < decades)
            {
                foreach (var digit in Minor)
                    yield return Mark(decade * digit)
                        with
                    { Label = decades > MaximumWithMinor ? "" : DelayWords.Of(decade * digit) };
            }
        }
    }

    private AxisTick Mark(long delayNs) =>
        new(X(delayNs), Math.Min(X(delayNs), right - Inwards), DelayWords.Of(delayNs), "");
}

/// <summary>Delays in words.</summary>
internal static class DelayWords
{
    private static readonly ImmutableArray<(long Ns, string Name)> Units =
        [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns")];

    /// <summary>A delay in its largest unit of which it has one at least, in all its digits: <c>1.12 ms</c>.</summary>
    public static string Of(long delayNs)
    {
        var (ns, name) = Units.FirstOrDefault(unit => delayNs >= unit.Ns, Units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)delayNs / ns:0.###} {name}");
    }
}
