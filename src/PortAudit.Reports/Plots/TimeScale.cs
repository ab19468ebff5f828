using System.Collections.Immutable;
using PortAudit.Audit.Timelines;

namespace PortAudit.Reports.Plots;

/// <summary>Position of a time on a plot's axis. Silences longer than a third of the axis are cut out and marked
/// (<see cref="Breaks"/>). All plots of a pair of roles share one axis. Coordinates are pixels.</summary>
internal sealed class TimeScale
{
    /// <summary>Silences that are cut out at most.</summary>
    private const int MaximumBreaks = 6;

    /// <summary>A silence is cut out when it is longer than this part of what is left.</summary>
    private const double LongestGap = 1.0 / 3;

    /// <summary>Columns of the plot that a silence must be longer than before it is cut out.</summary>
    private const int ColumnsOfGap = 24;

    /// <summary>Columns that a stretch is wide at least, so that one packet is a line and not a wall.</summary>
    private const int ColumnsOfStretch = 16;

    private const double BreakWidth = 26;
    private const double MinimumStretchWidth = 84;

    private TimeScale(ImmutableArray<TimeStretch> stretches) => Stretches = stretches;

    /// <summary>The stretches that are shown, by time.</summary>
    public ImmutableArray<TimeStretch> Stretches { get; }

    public IEnumerable<TimeBreak> Breaks => Stretches.Zip(Stretches.Skip(1),
        (before, after) => new TimeBreak(before.Right, after.Left, (Int128)after.FirstNs - before.LastNs));

    /// <summary>The axis of a pair of roles.</summary>
    /// <param name="timeline">What happened between them.</param>
    /// <param name="left">Where the axis begins.</param>
    /// <param name="right">Where it ends.</param>
    public static TimeScale Of(RolePairTimeline timeline, double left, double right)
    {
        var busy = Join(Busy(timeline));
        if (busy.Count == 0)
            return new TimeScale([]);
        var width = Math.Max(timeline.Flows.WidthNs,
            Math.Max(timeline.Bytes.WidthNs, timeline.Ports.Dots.IsEmpty ? 0 : timeline.Ports.WidthNs));
        return new TimeScale(Lay(Cut(busy, width), width, left, right));
    }

    /// <summary>The axis as a plot draws it.</summary>
    /// <param name="mark">What a column or dot of the plot stands for.</param>
    public PlotAxis Axis(string mark) => new(TimeTicks.Of(this),
        [.. Stretches.Select(stretch => (stretch.Left, stretch.Right))], [.. Breaks], $"time in UTC; {mark}");

    /// <summary>Nanoseconds for a pixel in the stretch that has the most of them.</summary>
    public double NsPerPixel => Stretches.Max(stretch => stretch.NsPerPixel);

    /// <summary>Where a time stands; one in a cut stands at its edge.</summary>
    public double X(long timestampNs)
    {
        foreach (var stretch in Stretches)
        {
            if (timestampNs <= stretch.EndNs)
                return timestampNs <= stretch.BeginNs ? stretch.Left : stretch.X(timestampNs);
        }

        return Stretches[^1].Right;
    }

    /// <summary>What a stretch of time takes of the axis: never more than what is shown, so that nothing stands in a
    /// cut.</summary>
    public (double Left, double Right) Span(long startNs, long widthNs)
    {
        var stretch = Stretches.FirstOrDefault(stretch => startNs <= stretch.EndNs, Stretches[^1]);
        return (stretch.X(Math.Clamp(startNs, stretch.BeginNs, stretch.EndNs)),
            stretch.X(Math.Clamp(Later(startNs, widthNs), stretch.BeginNs, stretch.EndNs)));
    }

    private static IEnumerable<(long From, long To)> Busy(RolePairTimeline timeline) =>
        timeline.Flows.Columns.Select(column => (column.StartNs, Later(column.StartNs, timeline.Flows.WidthNs)))
            .Concat(timeline.Bytes.Columns.Select(column =>
                (column.StartNs, Later(column.StartNs, timeline.Bytes.WidthNs))))
            .Concat(timeline.Ports.Dots.Select(dot => (dot.StartNs, Later(dot.StartNs, timeline.Ports.WidthNs))));

    private static List<(long From, long To)> Join(IEnumerable<(long From, long To)> stretches)
    {
        var joined = new List<(long From, long To)>();
        foreach (var (from, to) in stretches.Order())
        {
            if (joined.Count > 0 && from <= joined[^1].To)
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, to));
            else
                joined.Add((from, to));
        }

        return joined;
    }

    /// <summary>Cuts the longest silences out, one after the other, as long as each is a large part of what the ones
    /// before it have left.</summary>
    private static List<(long From, long To)> Cut(List<(long From, long To)> busy, long width)
    {
        var left = Length(busy[0].From, busy[^1].To);
        var cuts = new HashSet<int>();
        foreach (var (length, index) in Enumerable.Range(1, busy.Count - 1)
            .Select(index => (Length: Length(busy[index - 1].To, busy[index].From), Index: index))
            .OrderByDescending(gap => gap.Length))
        {
            if (cuts.Count == MaximumBreaks || length <= left * LongestGap || length <= (double)ColumnsOfGap * width)
                break;
            cuts.Add(index);
            left -= length;
        }

        var stretches = new List<(long From, long To)> { busy[0] };
        for (var index = 1; index < busy.Count; index++)
        {
            if (cuts.Contains(index))
                stretches.Add(busy[index]);
            else
                stretches[^1] = (stretches[^1].From, busy[index].To);
        }

        return stretches;
    }

    private static ImmutableArray<TimeStretch> Lay(List<(long From, long To)> stretches, long width, double left,
        double right)
    {
        var free = right - left - (BreakWidth * (stretches.Count - 1));
        var least = Math.Min(MinimumStretchWidth, free / stretches.Count);
        var rest = free - (least * stretches.Count);
        var padded = stretches.Select(stretch => Pad(stretch, width)).ToList();
        var total = padded.Sum(stretch => Length(stretch.From, stretch.To));
        var laid = ImmutableArray.CreateBuilder<TimeStretch>(stretches.Count);
        var x = left;
        for (var index = 0; index < stretches.Count; index++)
        {
            var (from, to) = padded[index];
            var taken = least + (rest * Length(from, to) / total);
            laid.Add(new TimeStretch(from, to, stretches[index].From, stretches[index].To, x, x + taken));
            x += taken + BreakWidth;
        }

        return laid.MoveToImmutable();
    }

    /// <summary>Air on both sides: a column's width, or what a short stretch lacks.</summary>
    private static (long From, long To) Pad((long From, long To) stretch, long width)
    {
        var lack = ((double)ColumnsOfStretch * width) - Length(stretch.From, stretch.To);
        var air = (long)Math.Max(lack / 2, width);
        return (Later(stretch.From, -air), Later(stretch.To, air));
    }

    private static double Length(long from, long to) => (double)((Int128)to - from);

    private static long Later(long timestampNs, long by) =>
        (long)Int128.Clamp((Int128)timestampNs + by, long.MinValue, long.MaxValue);
}

/// <summary>A stretch of time on the axis.</summary>
/// <param name="BeginNs">Where it begins on the axis, in nanoseconds since the Unix epoch.</param>
/// <param name="EndNs">Where it ends.</param>
/// <param name="FirstNs">Begin of the first column in it.</param>
/// <param name="LastNs">End of the last column in it.</param>
/// <param name="Left">Its left end in pixels.</param>
/// <param name="Right">Its right end.</param>
internal sealed record TimeStretch(long BeginNs, long EndNs, long FirstNs, long LastNs, double Left, double Right)
{
    /// <summary>Nanoseconds for a pixel.</summary>
    public double NsPerPixel => (double)((Int128)EndNs - BeginNs) / (Right - Left);

    public double X(long timestampNs) => Left + ((double)((Int128)timestampNs - BeginNs) / NsPerPixel);
}

/// <summary>A silence that is cut out of the axis.</summary>
/// <param name="Left">Where the stretch before it ends, in pixels.</param>
/// <param name="Right">Where the stretch behind it begins.</param>
/// <param name="LengthNs">Its length in nanoseconds.</param>
internal readonly record struct TimeBreak(double Left, double Right, Int128 LengthNs)
{
    /// <summary>Its middle, in pixels.</summary>
    public double Middle => (Left + Right) / 2;
}
