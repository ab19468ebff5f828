using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Plots;

/// <summary>The marks of a time axis with their labels: round times in UTC, the date below the first of each stretch
/// and where the day changes.</summary>
internal static class TimeTicks
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000 * Millisecond;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>Pixels between two marks at least.</summary>
    private const double Distance = 92;

    /// <summary>Half of the width of the longest label, in pixels.</summary>
    private const double HalfLabel = 38;

    private const int MaximumMarks = 100;

    /// <summary>Round lengths of time, ascending.</summary>
    public static readonly ImmutableArray<long> Steps =
    [
        Millisecond, 2 * Millisecond, 5 * Millisecond, 10 * Millisecond, 20 * Millisecond, 50 * Millisecond,
        100 * Millisecond, 200 * Millisecond, 500 * Millisecond,
        Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second, Minute, 2 * Minute, 5 * Minute,
        10 * Minute, 15 * Minute, 30 * Minute,
        Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day, 28 * Day, 91 * Day, 182 * Day,
        364 * Day, 3640 * Day,
    ];

    /// <summary>The marks of an axis, from left to right.</summary>
    public static ImmutableArray<AxisTick> Of(TimeScale scale) => [.. scale.Stretches.SelectMany(Of)];

    private static IEnumerable<AxisTick> Of(TimeStretch stretch)
    {
        var step = Steps.FirstOrDefault(step => step / stretch.NsPerPixel >= Distance, Steps[^1]);
        var marks = Marks(stretch, step).ToList();
        if (marks.Count == 0)
            marks.Add(stretch.FirstNs);
        var (day, free) = ("", double.NegativeInfinity);
        // Labels may overlap the ends of the axis, but not the next stretch at a cut.
        var first = stretch.Left > PlotDrawing.Left ? stretch.Left + HalfLabel : HalfLabel;
        var last = stretch.Right < PlotDrawing.Right ? stretch.Right - HalfLabel : PlotDrawing.Width - HalfLabel;
        foreach (var mark in marks)
        {
            var x = stretch.X(mark);
            var label = Math.Clamp(x, Math.Min(first, stretch.Right), Math.Max(last, stretch.Left));
            if (stretch.Right - stretch.Left < 2 * HalfLabel)
                label = (stretch.Left + stretch.Right) / 2;
            if (label - HalfLabel < free)
            {
                yield return new AxisTick(x, label, "", "");
                continue;
            }

            var date = ReportTime.Date(mark);
            yield return new AxisTick(x, label, step >= Day ? date : TimeOfDay(mark, step),
                step >= Day || date == day ? "" : date);
            (day, free) = (date, label + HalfLabel);
        }
    }

    private static IEnumerable<long> Marks(TimeStretch stretch, long step)
    {
        var (quotient, rest) = Math.DivRem(stretch.BeginNs, step);
        var first = (Int128)(rest > 0 ? quotient + 1 : quotient) * step;
        for (var mark = first; mark <= stretch.EndNs && mark < first + ((Int128)step * MaximumMarks); mark += step)
            yield return (long)mark;
    }

    private static string TimeOfDay(long timestampNs, long step)
    {
        var ns = ((timestampNs % Day) + Day) % Day;
        var (hours, minutes, seconds) = (ns / Hour, ns / Minute % 60, ns / Second % 60);
        if (step >= Minute)
            return string.Create(CultureInfo.InvariantCulture, $"{hours:D2}:{minutes:D2}");
        return step >= Second
            ? string.Create(CultureInfo.InvariantCulture, $"{hours:D2}:{minutes:D2}:{seconds:D2}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{hours:D2}:{minutes:D2}:{seconds:D2}.{ns / Millisecond % 1000:D3}");
    }
}
