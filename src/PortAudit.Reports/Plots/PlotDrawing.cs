using System.Collections.Immutable;

namespace PortAudit.Reports.Plots;

/// <summary>A plot as it is drawn: everything that differs from one kind of plot to the other. Coordinates are pixels
/// of an area of <see cref="Width"/> times <see cref="Height"/>.</summary>
internal sealed record PlotDrawing
{
    /// <summary>Width of a plot with all that belongs to it.</summary>
    public const double Width = 900;

    /// <summary>Left end of the level axis.</summary>
    public const double Left = 74;

    /// <summary>Right end of the level axis.</summary>
    public const double Right = 886;

    /// <summary>Room below the level axis for its labels.</summary>
    public const double Below = 52;

    /// <summary>Height of a line of the legend.</summary>
    public const double LegendLine = 18;

    /// <summary>Width of a character of the legend, on average and generously.</summary>
    private const double CharacterWidth = 6.6;

    private const double LegendSymbol = 34;

    public required string Title { get; init; }

    /// <summary>What is to be seen in it, in a sentence, for those who cannot see it.</summary>
    public required string Summary { get; init; }

    /// <summary>How much it shows in all, with its unit: <c>12 flows by the time they began</c>.</summary>
    public required string Shown { get; init; }

    /// <summary>What the upright axis counts, with its unit.</summary>
    public required string AmountLabel { get; init; }

    public required PlotAxis Axis { get; init; }

    public required double Top { get; init; }

    public required double Bottom { get; init; }

    public required ImmutableArray<PlotTick> Ticks { get; init; }

    public ImmutableArray<PlotBand> Bands { get; init; } = [];

    /// <summary>What is drawn, from the back to the front.</summary>
    public required ImmutableArray<PlotMark> Marks { get; init; }

    /// <summary>Areas with a tooltip.</summary>
    public ImmutableArray<PlotHint> Hints { get; init; } = [];

    public ImmutableArray<PlotCaption> Captions { get; init; } = [];

    public required ImmutableArray<PlotKey> Legend { get; init; }

    public double Height => Bottom + Below + (LegendLayout.Rows * LegendLine) + 4;

    /// <summary>Where the entries of the legend stand, in its order, and how many lines they take.</summary>
    public (ImmutableArray<(double X, double Y)> Positions, int Rows) LegendLayout => LayOut(Legend, Bottom + Below);

    /// <summary>Where the entries of a legend stand below some height, and how many lines they take.</summary>
    public static (ImmutableArray<(double X, double Y)> Positions, int Rows) LayOut(ImmutableArray<PlotKey> legend,
        double top)
    {
        var columns = legend.Length;
        while (columns > 1 && WidthsOf(legend, columns).Sum() > Right - Left)
            columns--;
        var widths = WidthsOf(legend, columns);
        return ([.. legend.Select((_, index) => (Left + widths[..(index % columns)].Sum(),
            top + (index / columns * LegendLine) + 8))], columns == 0 ? 0 : (legend.Length + columns - 1) / columns);
    }

    /// <summary>Widths of the columns of a legend: its entries stand one below the other.</summary>
    private static double[] WidthsOf(ImmutableArray<PlotKey> legend, int columns) =>
        [.. Enumerable.Range(0, columns).Select(column => legend.Where((_, index) => index % columns == column)
            .Max(key => LegendSymbol + (key.Text.Length * CharacterWidth)))];
}

/// <summary>A level axis.</summary>
/// <param name="Ticks">Its marks, from left to right.</param>
/// <param name="Lines">Ends of the lines that it consists of, in pixels.</param>
/// <param name="Breaks">What is cut out between them.</param>
/// <param name="Label">What it shows, with its unit, and what one mark of the plot stands for.</param>
internal sealed record PlotAxis(ImmutableArray<AxisTick> Ticks, ImmutableArray<(double Left, double Right)> Lines,
    ImmutableArray<TimeBreak> Breaks, string Label);

/// <summary>A mark on a level axis.</summary>
/// <param name="X">Where it stands, in pixels.</param>
/// <param name="LabelX">Where the middle of its label stands.</param>
/// <param name="Label">The label; empty where there is no room.</param>
/// <param name="Date">The date below it; empty where it goes without saying.</param>
internal readonly record struct AxisTick(double X, double LabelX, string Label, string Date);

/// <summary>Text in a plot.</summary>
/// <param name="X">Where it begins, in pixels.</param>
/// <param name="Y">Where its line is.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct PlotCaption(double X, double Y, string Text);

/// <summary>A range that is shaded.</summary>
/// <param name="Top">Its upper end, in pixels.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct PlotBand(double Top, double Height);

/// <summary>Something drawn in one style.</summary>
/// <param name="Class">Style classes.</param>
/// <param name="Path">What is drawn, as an SVG path.</param>
/// <param name="Hatch">Pattern laid over it; null for none.</param>
/// <param name="Hint">Tooltip, or null.</param>
internal readonly record struct PlotMark(string Class, string Path, string? Hatch = null, string? Hint = null);

/// <summary>A column that says what it shows.</summary>
/// <param name="X">Its left end, in pixels.</param>
/// <param name="Width">Its width.</param>
/// <param name="Text">What it says.</param>
/// <param name="Y">Its upper end.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct PlotHint(double X, double Width, string Text, double Y, double Height);

/// <summary>An entry of the legend.</summary>
/// <param name="Mark">What is drawn, around (8, 0).</param>
/// <param name="Text">What it means.</param>
internal readonly record struct PlotKey(PlotMark Mark, string Text);
