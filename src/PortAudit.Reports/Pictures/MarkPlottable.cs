using PortAudit.Reports.Plots;
using ScottPlot;

namespace PortAudit.Reports.Pictures;

/// <summary>The marks of a plot in ScottPlot: ranges, silences, columns and dots, in the order of a page.</summary>
/// <param name="canvas">Draws a mark.</param>
/// <param name="drawing">The plot.</param>
internal sealed class MarkPlottable(PictureCanvas canvas, PlotDrawing drawing) : IPlottable
{
    private static readonly PlotMark Band = new("band", "");

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => LegendItem.None;

    public AxisLimits GetAxisLimits() =>
        new(PlotDrawing.Left, PlotDrawing.Right, -drawing.Bottom, -drawing.Top);

    public void Render(RenderPack rp)
    {
        // A dot at an end of an axis is drawn whole.
        rp.CanvasState.DisableClipping();
        var origin = Axes.GetPixel(Coordinates.Origin);
        var (left, right) = (Pixels.Of(PlotDrawing.Left), Pixels.Of(PlotDrawing.Right));
        foreach (var band in drawing.Bands)
        {
            var path = $"M{left} {Pixels.Of(band.Top)}H{right}v{Pixels.Of(band.Height)}H{left}z";
            canvas.Mark(Band with { Path = path }, origin.X, origin.Y);
        }

        foreach (var cut in drawing.Axis.Breaks)
            canvas.Fill(origin.X + cut.Left, origin.Y + drawing.Top, origin.X + cut.Right, origin.Y + drawing.Bottom,
                "sunk");
        foreach (var mark in drawing.Marks)
            canvas.Mark(mark, origin.X, origin.Y);
    }
}
