using System.Collections.Immutable;

namespace PortAudit.Reports.Html.Plots;

/// <summary>A plot as it is drawn: everything that differs from one kind of plot to the other. Coordinates are pixels of an area of <see cref="Width"/> times <see cref="Height"/>.</summary>
internal sealed record PlotDrawing
{
    /// <summary>Width of a plot with all that belongs to it.</summary>
    public const double Width = 900;

    /// <summary>Left end of the time axis.</summary>
    public const double Left = 74;

    /// <summary>Right end of the time axis.</summary>
    public const double Right = 886;

    /// <summary>Room below the time axis for its labels.</summary>
    private const double Below = 52;

    /// <summary>Height of a line of the legend.</summary>
    private const double LegendLine = 18;

    /// <summary>Width of a character of the legend, on average and generously.</summary>
    private const double CharacterWidth = 6.6;

    private const double LegendSymbol = 34;

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be seen in it, in a sentence, for those who cannot see it.</summary>
    public required string Summary { get; init; }

    /// <summary>What the upright axis counts, with its unit.</summary>
    public required string AmountLabel { get; init; }

    /// <summary>What a column or dot of the time axis stands for.</summary>
    public required string TimeLabel { get; init; }

    /// <summary>The time axis.</summary>
    public required TimeScale Time { get; init; }

    /// <summary>Upper end of the upright axis.</summary>
    public required double Top { get; init; }

    /// <summary>Lower end of the upright axis.</summary>
    public required double Bottom { get; init; }

    /// <summary>Marks of the upright axis.</summary>
    public required ImmutableArray<PlotTick> Ticks { get; init; }

    /// <summary>Ranges that are shaded, behind everything.</summary>
    public ImmutableArray<PlotBand> Bands { get; init; } = [];

    /// <summary>What is drawn, from the back to the front.</summary>
    public required ImmutableArray<PlotMark> Marks { get; init; }

    /// <summary>Places that tell what they show when a pointer rests on them.</summary>
    public ImmutableArray<PlotHint> Hints { get; init; } = [];

    /// <summary>What the marks mean.</summary>
    public required ImmutableArray<PlotKey> Legend { get; init; }

    /// <summary>Height of the area.</summary>
    public double Height => Bottom + Below + (LegendPlaces.Rows * LegendLine) + 4;

    /// <summary>Where the entries of the legend stand, in its order, and how many lines they take.</summary>
    public (ImmutableArray<(double X, double Y)> Places, int Rows) LegendPlaces
    {
        get
        {
            var places = ImmutableArray.CreateBuilder<(double X, double Y)>(Legend.Length);
            var (x, row) = (Left, 0);
            foreach (var key in Legend)
            {
                var width = LegendSymbol + (key.Text.Length * CharacterWidth);
                if (x > Left && x + width > Right)
                    (x, row) = (Left, row + 1);
                places.Add((x, Bottom + Below + (row * LegendLine) + 8));
                x += width;
            }

            return (places.MoveToImmutable(), Legend.IsEmpty ? 0 : row + 1);
        }
    }
}

/// <summary>A range that is shaded.</summary>
/// <param name="Top">Its upper end, in pixels.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct PlotBand(double Top, double Height);

/// <summary>Something drawn in one style.</summary>
/// <param name="Class">Style classes.</param>
/// <param name="Path">What is drawn, as an SVG path.</param>
/// <param name="Hatch">Pattern laid over it; null for none.</param>
/// <param name="Hint">What it says when a pointer rests on it; null for nothing.</param>
internal readonly record struct PlotMark(string Class, string Path, string? Hatch = null, string? Hint = null);

/// <summary>A column that says what it shows.</summary>
/// <param name="X">Its left end, in pixels.</param>
/// <param name="Width">Its width.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct PlotHint(double X, double Width, string Text);

/// <summary>An entry of the legend.</summary>
/// <param name="Mark">What is drawn, around (8, 0).</param>
/// <param name="Text">What it means.</param>
internal readonly record struct PlotKey(PlotMark Mark, string Text);
