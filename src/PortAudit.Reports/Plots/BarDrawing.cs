using System.Collections.Immutable;

namespace PortAudit.Reports.Plots;

/// <summary>Draws amounts of classes as bars, those of a class side by side or on top of each other. An amount that is
/// not zero is never too small to be seen.</summary>
/// <param name="Classes">Labels of the classes, from left to right; at least one.</param>
/// <param name="Lanes">What is counted by class.</param>
/// <param name="Amount">How an amount is said, with its unit.</param>
internal sealed record BarDrawing(ImmutableArray<string> Classes, ImmutableArray<BarLane> Lanes,
    Func<long, string> Amount)
{
    /// <summary>Pixels between two labels at least: others are left out.</summary>
    private const double LeastLabel = 32;

    private const double Top = 14;
    private const double Bottom = 182;
    private const double LowestBar = 1.6;

    /// <summary>Share of a class's room that its bars take.</summary>
    private const double Filled = 0.8;

    /// <summary>Widest bar, in pixels.</summary>
    private const double WidestBar = 34;

    private double Room => (PlotDrawing.Right - PlotDrawing.Left) / Classes.Length;

    /// <summary>True to put the bars of a class on top of each other, the first lane below.</summary>
    public bool IsStacked { get; init; }

    private double BarWidth => Math.Min(WidestBar, Room * Filled / (IsStacked ? 1 : Lanes.Length));

    /// <summary>Draws a plot.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="amountLabel">What the upright axis counts, with its unit.</param>
    /// <param name="axisLabel">What the classes are.</param>
    /// <param name="label">How a mark of the upright axis is written.</param>
    /// <param name="shown">How much it shows in all, with its unit.</param>
    public PlotDrawing Of(string title, string amountLabel, string axisLabel, Func<long, string> label, string shown)
    {
        var most = Math.Max(1, IsStacked
            ? Classes.Select((_, index) => Lanes.Sum(lane => lane.Amounts[index])).Max()
            : Lanes.Max(lane => lane.Amounts.Max()));
        var labelled = Math.Max(1, (int)Math.Ceiling(LeastLabel / Room));
        var scale = new AmountScale(most, label, Top, Bottom);
        return new PlotDrawing
        {
            Title = title,
            AmountLabel = amountLabel,
            Shown = shown,
            Axis = new PlotAxis(
                [.. Classes.Select((text, index) => new AxisTick(MiddleOf(index), MiddleOf(index),
                    index % labelled == 0 ? text : "", ""))],
                [(PlotDrawing.Left, PlotDrawing.Right)], [], axisLabel),
            Summary = string.Join("; ", Lanes.Select(SummaryOf)) + ".",
            Top = Top,
            Bottom = Bottom,
            Ticks = scale.Ticks,
            Marks = [.. Lanes.Select((lane, index) => lane.Look with { Path = PathOf(lane, index, scale) })
                .Where(mark => mark.Path.Length > 0)],
            Legend = [.. Lanes.Select(lane => new PlotKey(lane.Look with { Path = "M2-6h12v12h-12z" },
                lane.Text))],
        };
    }

    private string SummaryOf(BarLane lane)
    {
        var most = lane.Amounts.Max();
        return most == 0
            ? $"{lane.Text}: none"
            : $"{lane.Text}: at most {Amount(most)}, at {Classes[lane.Amounts.IndexOf(most)]}";
    }

    private double MiddleOf(int index) => PlotDrawing.Left + ((index + 0.5) * Room);

    private string PathOf(BarLane lane, int index, AmountScale scale) => string.Concat(
        lane.Amounts.Select((amount, place) =>
        {
            if (amount == 0)
                return "";
            var left = MiddleOf(place) + ((IsStacked ? -0.5 : index - (Lanes.Length / 2.0)) * BarWidth);
            var below = IsStacked ? Lanes.Take(index).Sum(under => HeightOf(under.Amounts[place], scale)) : 0;
            var height = Pixels.Of(HeightOf(amount, scale));
            return $"M{Pixels.Of(left)} {Pixels.Of(Bottom - below)}v-{height}h{Pixels.Of(BarWidth)}v{height}";
        }));

    private static double HeightOf(long amount, AmountScale scale) =>
        amount == 0 ? 0 : Math.Max(LowestBar, scale.Height(amount));
}

/// <summary>Bars of one look.</summary>
/// <param name="Text">What they are.</param>
/// <param name="Look">How they look.</param>
/// <param name="Amounts">Their amounts, one for each class, none negative.</param>
internal sealed record BarLane(string Text, PlotMark Look, ImmutableArray<long> Amounts);
