using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Plots;

/// <summary>Draws responder ports over time: a dot for what began in one stretch of time at one port with one
/// verdict.</summary>
internal static class PortDrawing
{
    /// <summary>Most dots with tooltips; with more, each verdict is one path, to keep the report small.</summary>
    public const int MaximumHints = 250;

    private const double Top = 14;
    private const double Height = 218;
    private const double RowHeight = 28;
    private const double LeastHeight = 142;
    private const double SmallestDot = 3.8;
    private const double LargestDot = 6.5;
    private const double RingGap = 3.2;
    private const double SmallestCell = 4;
    private const double LargestCell = 64;

    private static readonly PlotMark Ring = new("announced", "");

    /// <summary>Draws a plot.</summary>
    /// <param name="plot">The dots, at least one.</param>
    /// <param name="time">The time axis.</param>
    /// <param name="dynamicRanges">Ranges of rules whose ports are announced.</param>
    /// <param name="detail">How much of it is drawn.</param>
    public static PlotDrawing Of(PortPlot plot, TimeScale time, ImmutableArray<PortRange> dynamicRanges,
        PlotDetail detail)
    {
        var bottom = Top + (detail.Height
            ?? Math.Clamp(PortScale.RowsOf(plot.Dots) * RowHeight, LeastHeight, Height));
        var scale = PortScale.Of(plot.Dots, Top, bottom);
        var bands = dynamicRanges.Select(scale.Band).OfType<(double Top, double Bottom)>()
            .Select(band => new PlotBand(band.Top, band.Bottom - band.Top)).Distinct().ToImmutableArray();
        var placed = Join([.. plot.Dots.Select(dot => (Dot: dot, X: MiddleOf(time.Span(dot.StartNs, plot.WidthNs))))],
            scale, detail.MaximumDots);
        var verdicts = plot.Dots.Select(dot => dot.Verdict).Distinct().Order().ToList();
        var announced = placed.Where(dot => dot.Dot.Announced > 0).ToList();
        return new PlotDrawing
        {
            Title = "Responder ports over time",
            AmountLabel = "port",
            Shown = $"{Quantity.Of(plot.Dots.Sum(dot => dot.Flows), "flow")} over transports with ports",
            Axis = time.Axis($"a dot stands for {TimeWords.Width(plot.WidthNs)}, larger with more flows"),
            Summary = Summary(plot.Dots, verdicts),
            Top = Top,
            Bottom = bottom,
            Ticks = scale.Ticks,
            Bands = bands,
            Marks = [.. announced.Count == 0 ? [] : new[] { Ring
                with { Path = string.Concat(announced.Select(dot => RingPath(dot.Dot, dot.X, scale))) } },
                    .. verdicts.SelectMany(verdict => FlagsOf(verdict, placed, scale, detail.WithHints))],
            Legend = [.. verdicts.Select(verdict => KeyOf(verdict, plot.Dots)),
                .. Extras(announced.Count > 0, bands.Length > 0, dynamicRanges)],
        };
    }

    /// <summary>Joins dots of one verdict that lie close to each other, as far as it takes: they stand where the first
    /// of them stood, and for the ports of all.</summary>
    private static List<(PortDot Dot, double X)> Join(List<(PortDot Dot, double X)> placed, PortScale scale,
        int maximum)
    {
        for (var cell = SmallestCell; placed.Count > maximum && cell <= LargestCell; cell *= 2)
        {
            placed =
            [
                .. placed
                    .GroupBy(dot =>
                        (Math.Floor(dot.X / cell), Math.Floor(MiddleOf(dot.Dot, scale) / cell), dot.Dot.Verdict))
                    .Select(group => (group.First().Dot with
                    {
                        FirstPort = group.Min(dot => dot.Dot.FirstPort),
                        LastPort = group.Max(dot => dot.Dot.LastPort),
                        Flows = group.Sum(dot => dot.Dot.Flows),
                        Announced = group.Sum(dot => dot.Dot.Announced),
                    }, group.First().X)),
            ];
        }

        return placed;
    }

    private static IEnumerable<PlotMark> FlagsOf(Verdict verdict, List<(PortDot Dot, double X)> placed, PortScale scale,
        bool withHints)
    {
        var style = ClassOf(verdict);
        var dots = placed.Where(dot => dot.Dot.Verdict == verdict).ToList();
        if (!withHints || placed.Count > MaximumHints)
            return [new PlotMark(style, string.Concat(dots.Select(dot => DotPath(dot.Dot, dot.X, scale))))];
        return dots.Select(dot => new PlotMark(style, DotPath(dot.Dot, dot.X, scale), null, HintOf(dot.Dot)));
    }

    private static string ClassOf(Verdict verdict) =>
        $"{VerdictLook.ClassOf(verdict)} {(VerdictLook.IsOutlined(verdict) ? "outlined" : "filled")}";

    private static string DotPath(PortDot dot, double x, PortScale scale) =>
        VerdictLook.ShapeOf(dot.Verdict, x, MiddleOf(dot, scale), SizeOf(dot)) + StemOf(dot, x, scale);

    private static string RingPath(PortDot dot, double x, PortScale scale) =>
        VerdictLook.Circle(x, MiddleOf(dot, scale), SizeOf(dot) + RingGap);

    /// <summary>A dot that stands for many ports reaches from the lowest to the highest.</summary>
    private static string StemOf(PortDot dot, double x, PortScale scale)
    {
        var (low, high) = (scale.Y(dot.FirstPort), scale.Y(dot.LastPort));
        return low - high < 2 * SmallestDot
            ? ""
            : $"M{Pixels.Of(x - 0.6)} {Pixels.Of(low)}V{Pixels.Of(high)}h1.2V{Pixels.Of(low)}z";
    }

    private static double MiddleOf((double Left, double Right) span) => (span.Left + span.Right) / 2;

    private static double MiddleOf(PortDot dot, PortScale scale) =>
        (scale.Y(dot.FirstPort) + scale.Y(dot.LastPort)) / 2;

    private static double SizeOf(PortDot dot) => Math.Min(LargestDot, SmallestDot + Math.Log10(dot.Flows));

    private static string HintOf(PortDot dot)
    {
        var announced = dot.Announced == 0 ? "" : $", {Quantity.Count(dot.Announced)} announced";
        return $"{ReportTime.ToMillisecond(dot.StartNs)}: {(dot.FirstPort == dot.LastPort ? "port" : "ports")} "
            + $"{new PortRange(dot.FirstPort, dot.LastPort)}, {Quantity.Of(dot.Flows, "flow")} "
            + $"{dot.Verdict.ToText()}{announced}";
    }

    private static PlotKey KeyOf(Verdict verdict, ImmutableArray<PortDot> dots) => new(
        new PlotMark(ClassOf(verdict), VerdictLook.ShapeOf(verdict, 8, 0, 4.5)),
        $"{verdict.ToText()} ({Quantity.Of(dots.Where(dot => dot.Verdict == verdict).Sum(dot => dot.Flows), "flow")})");

    private static IEnumerable<PlotKey> Extras(bool hasAnnounced, bool hasBand, ImmutableArray<PortRange> ranges)
    {
        if (hasAnnounced)
            yield return new PlotKey(Ring with { Path = VerdictLook.Circle(8, 0, 6.5) },
                "ringed: announced by a control channel");
        if (hasBand)
            yield return new PlotKey(new PlotMark("band", "M0-6h16v12h-16z"),
                $"dynamic range of a rule: {string.Join(", ", ranges.Take(3))}{(ranges.Length > 3 ? " …" : "")}");
    }

    private static string Summary(ImmutableArray<PortDot> dots, List<Verdict> verdicts)
    {
        var (first, last) = (dots.Min(dot => dot.FirstPort), dots.Max(dot => dot.LastPort));
        var byVerdict = verdicts.Select(verdict => $"{verdict.ToText()} "
            + $"{Quantity.Of(dots.Where(dot => dot.Verdict == verdict).Sum(dot => dot.Flows), "flow")}");
        return $"{(first == last ? $"Port {first}" : $"Ports from {first} to {last}")}: "
            + $"{string.Join(", ", byVerdict)}; {Quantity.Count(dots.Sum(dot => dot.Announced))} announced.";
    }
}
