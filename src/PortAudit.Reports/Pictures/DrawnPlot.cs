using System.Collections.Immutable;
using PortAudit.Reports.Plots;
using ScottPlot;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>A plot over time or delays, drawn by ScottPlot from what a page draws as SVG.</summary>
internal sealed class DrawnPlot(PlotDrawing drawing) : IPictureBody
{
    public double Height => drawing.Bottom + PlotDrawing.Below;

    public ImmutableArray<PlotKey> Legend => drawing.Legend;

    public void Draw(PictureCanvas canvas, double top)
    {
        using var plot = PlotStyle.New();
        plot.Axes.SetLimits(PlotDrawing.Left, PlotDrawing.Right, -drawing.Bottom, -drawing.Top);
        plot.Axes.Left.SetTicks([.. drawing.Ticks.Select(tick => -tick.Y)],
            [.. drawing.Ticks.Select(tick => PictureText.Clean(tick.Label))]);
        plot.Axes.Bottom.SetTicks([], []);
        plot.PlottableList.Add(new MarkPlottable(canvas, drawing));
        PlotStyle.Render(plot, canvas, new PixelRect((float)PlotDrawing.Left, (float)PlotDrawing.Right,
            (float)(top + drawing.Bottom), (float)(top + drawing.Top)));
        using var font = PictureCanvas.FontOf(PlotStyle.LabelSize);
        canvas.Text(drawing.AmountLabel, LabelX, top + Middle, font, "soft", SKTextAlign.Center, -90);
        DrawAxis(canvas, top, font);
        foreach (var caption in drawing.Captions)
            canvas.Text(PictureText.Fit(caption.Text, font, PlotDrawing.Right - caption.X), caption.X, top + caption.Y,
                font, "ink");
    }

    private const double LabelX = 22;

    private double Middle => (drawing.Top + drawing.Bottom) / 2;

    private void DrawAxis(PictureCanvas canvas, double top, SKFont font)
    {
        var bottom = top + drawing.Bottom;
        foreach (var tick in drawing.Axis.Ticks)
        {
            canvas.Line(tick.X, bottom, tick.X, bottom + 5, "soft");
            canvas.Text(tick.Label, tick.LabelX, bottom + 17, font, "soft", SKTextAlign.Center);
            canvas.Text(tick.Date, tick.LabelX, bottom + 30, font, "soft", SKTextAlign.Center);
        }

        foreach (var (left, right) in drawing.Axis.Lines)
            canvas.Line(left, bottom, right, bottom, "soft");
        foreach (var cut in drawing.Axis.Breaks)
        {
            canvas.Line(cut.Middle - 7, bottom + 6, cut.Middle - 1, bottom - 6, "soft", 1.4f);
            canvas.Line(cut.Middle + 1, bottom + 6, cut.Middle + 7, bottom - 6, "soft", 1.4f);
            canvas.Text($"nothing for {TimeWords.Silence(cut.LengthNs)}", cut.Middle + 4, top + Middle, font, "soft",
                SKTextAlign.Center, -90);
        }

        canvas.Text(drawing.Axis.Label, PlotDrawing.Right, bottom + 45, font, "soft", SKTextAlign.Right);
    }
}
