using PortAudit.Reports.Plots;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>A picture that stands alone: heading, plot, legend and source.</summary>
/// <param name="Heading">Whose traffic it shows.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Window">Window of time, and site.</param>
/// <param name="Source">What was counted, in which captures.</param>
/// <param name="Summary">What is to be seen in it, for those who cannot see it.</param>
/// <param name="Body">The plot.</param>
internal sealed record Picture(string Heading, string Title, string Window, string Source, string Summary,
    IPictureBody Body)
{
    /// <summary>Pixels of the file for a pixel of a plot: 1,600 across, which fills a slide.</summary>
    public const float Scale = 1600f / (float)PlotDrawing.Width;

    private const double Top = 72;
    private const double SourceLine = 15;
    private const int MaximumSourceLines = 2;
    private const double LeastHeight = 260;
    private const double Room = PlotDrawing.Right - PlotDrawing.Left;

    public static int PixelWidth => (int)(PlotDrawing.Width * Scale);

    public int PixelHeight => (int)Math.Ceiling(Height * Scale);

    private double Height
    {
        get
        {
            var legend = PlotDrawing.LayOut(Body.Legend, 0).Rows * PlotDrawing.LegendLine;
            return Math.Max(LeastHeight, Top + Body.Height + legend + (SourceLines.Count * SourceLine) + 26);
        }
    }

    private IReadOnlyList<string> SourceLines
    {
        get
        {
            using var font = PictureCanvas.FontOf(PlotStyle.LabelSize);
            return PictureText.Lines(Source, font, Room, MaximumSourceLines);
        }
    }

    /// <summary>Draws it in pixels of the file.</summary>
    public void Draw(SKCanvas canvas)
    {
        canvas.Scale(Scale);
        var picture = new PictureCanvas(canvas);
        picture.Fill(0, 0, PlotDrawing.Width, Height, "card");
        using var heading = PictureCanvas.FontOf(17, bold: true);
        using var title = PictureCanvas.FontOf(14);
        using var text = PictureCanvas.FontOf(PlotStyle.LabelSize);
        const double Left = PlotDrawing.Left;
        picture.Text(PictureText.Fit(Heading, heading, Room), Left, 27, heading, "ink");
        picture.Text(PictureText.Fit(Title, title, Room), Left, 47, title, "ink");
        picture.Text(PictureText.Fit(Window, text, Room), Left, 64, text, "soft");
        Body.Draw(picture, Top);
        foreach (var (key, at) in Body.Legend.Zip(PlotDrawing.LayOut(Body.Legend, Top + Body.Height).Positions))
        {
            picture.Mark(key.Mark, at.X, at.Y);
            picture.Text(PictureText.Clean(key.Text), at.X + (key.Mark.Path.Length == 0 ? 2 : 22), at.Y + 4, text,
                "ink");
        }

        var lines = SourceLines;
        for (var line = 0; line < lines.Count; line++)
            picture.Text(lines[line], Left, Height - 12 - ((lines.Count - 1 - line) * SourceLine), text, "soft");
    }
}
