using ScottPlot;

namespace PortAudit.Reports.Pictures;

/// <summary>How every plot of ScottPlot looks here: the palette, the fonts, and a data area of given ends.</summary>
internal static class PlotStyle
{
    /// <summary>Size of the labels of axes.</summary>
    public const float LabelSize = 11.5f;

    /// <summary>Room around the data area for its axes.</summary>
    private const float Around = 80;

    /// <summary>An empty plot whose coordinates are pixels, y upwards.</summary>
    public static Plot New()
    {
        _ = PictureFonts.All;
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Font.Set(PictureFonts.Family);
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Width = 0;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
            axis.TickLabelStyle.FontSize = LabelSize;
            axis.TickLabelStyle.ForeColor = Colour("soft");
            axis.Label.ForeColor = Colour("soft");
            axis.Label.FontSize = LabelSize;
            axis.Label.Bold = false;
        }

        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.YAxisStyle.MajorLineStyle.Color = Colour("line");
        plot.Grid.YAxisStyle.MajorLineStyle.Width = 1;
        return plot;
    }

    public static Color Colour(string name) => Color.FromSKColor(PictureCanvas.Colour(name));

    /// <summary>Draws a plot.</summary>
    /// <param name="plot">The plot, its limits those of its data area.</param>
    /// <param name="canvas">Where.</param>
    /// <param name="area">The data area.</param>
    public static void Render(Plot plot, PictureCanvas canvas, PixelRect area)
    {
        plot.Layout.Fixed(new PixelPadding(Around, Around, Around, Around));
        plot.Render(canvas.Canvas,
            new PixelRect(area.Left - Around, area.Right + Around, area.Bottom + Around, area.Top - Around));
    }
}
