using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Plots;

/// <summary>An upright axis from zero over round numbers. Coordinates are pixels, downwards.</summary>
/// <param name="maximum">The largest amount, at least 1.</param>
/// <param name="unit">How an amount is written.</param>
/// <param name="top">Where the axis ends.</param>
/// <param name="bottom">Where zero is.</param>
internal sealed class AmountScale(long maximum, Func<long, string> unit, double top, double bottom)
{
    private const int MaximumSteps = 5;

    private readonly long _step = StepFor(maximum);

    private double Ceiling => Math.Ceiling((double)maximum / _step) * _step;

    /// <summary>The marks, from zero upwards.</summary>
    public ImmutableArray<PlotTick> Ticks => [.. Enumerable.Range(0, (int)(Ceiling / _step) + 1)
        .Select(index => new PlotTick(bottom - Height(index * _step), unit(index * _step)))];

    public double Height(double amount) => (bottom - top) * amount / Ceiling;

    /// <summary>Bytes as an axis writes them: round numbers in decimal units.</summary>
    public static string Bytes(long bytes)
    {
        var text = Quantity.Bytes(bytes);
        return text.Replace(".0 ", " ", StringComparison.Ordinal);
    }

    /// <summary>The smallest 1, 2 or 5 times a power of ten that needs few enough steps.</summary>
    private static long StepFor(long maximum)
    {
        for (var power = 1L; ; power *= 10)
        {
            foreach (var digit in new[] { 1, 2, 5 })
            {
                if ((double)maximum / (digit * (double)power) <= MaximumSteps)
                    return digit * power;
            }
        }
    }
}

/// <summary>A mark on an upright axis.</summary>
/// <param name="Y">Where it stands, in pixels.</param>
/// <param name="Label">Its label.</param>
internal readonly record struct PlotTick(double Y, string Label);

/// <summary>Coordinates as SVG takes them.</summary>
internal static class Pixels
{
    /// <summary>At most one digit behind the point.</summary>
    public static string Of(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero)
        .ToString("0.#", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
}
