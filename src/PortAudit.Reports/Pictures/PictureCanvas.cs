using System.Text.RegularExpressions;
using PortAudit.Reports.Html;
using PortAudit.Reports.Plots;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>Draws what plots consist of, in the pixels of a plot (<see cref="PlotDrawing"/>).</summary>
/// <param name="canvas">Where it is drawn.</param>
internal sealed partial class PictureCanvas(SKCanvas canvas)
{
    public SKCanvas Canvas => canvas;

    public static SKColor Colour(string name) => SKColor.Parse(HtmlAssets.LightColours[name]);

    public static SKFont FontOf(float size, bool bold = false) =>
        new(bold ? PictureFonts.All.Bold : PictureFonts.All.Regular, size)
        {
            Subpixel = true,
            Edging = SKFontEdging.Antialias,
            Hinting = SKFontHinting.None,
        };

    /// <summary>Writes a clean text on a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Where it begins, has its middle or ends.</param>
    /// <param name="y">The line.</param>
    /// <param name="font">Its font.</param>
    /// <param name="colour">Name of its colour.</param>
    /// <param name="align">What stands at <paramref name="x"/>.</param>
    /// <param name="degrees">How far it is turned around that point, clockwise.</param>
    public void Text(string text, double x, double y, SKFont font, string colour, SKTextAlign align = SKTextAlign.Left,
        float degrees = 0)
    {
        using var paint = new SKPaint { Color = Colour(colour), IsAntialias = true };
        canvas.Save();
        canvas.Translate((float)x, (float)y);
        canvas.RotateDegrees(degrees);
        canvas.DrawText(text, 0, 0, align, font, paint);
        canvas.Restore();
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, float width = 1)
    {
        using var paint = Stroke(colour, width);
        canvas.DrawLine((float)x1, (float)y1, (float)x2, (float)y2, paint);
    }

    public void Fill(double left, double top, double right, double bottom, string colour)
    {
        using var paint = new SKPaint { Color = Colour(colour), IsAntialias = true };
        canvas.DrawRect(new SKRect((float)left, (float)top, (float)right, (float)bottom), paint);
    }

    /// <summary>Draws a mark as its style classes say it (plot.css).</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="dx">Pixels by which it is moved to the right.</param>
    /// <param name="dy">Pixels by which it is moved down.</param>
    public void Mark(PlotMark mark, double dx, double dy)
    {
        if (mark.Path.Length == 0)
            return;
        canvas.Save();
        canvas.Translate((float)dx, (float)dy);
        using var path = SKPath.ParseSvgPathData(Circle().Replace(mark.Path, Curves));
        foreach (var paint in PaintsOf(mark.Class.Split(' ')))
        {
            using (paint)
                canvas.DrawPath(path, paint);
        }

        if (mark.Hatch is { } hatch)
            Hatch(path, hatch);
        canvas.Restore();
    }

    private static IEnumerable<SKPaint> PaintsOf(string[] classes)
    {
        if (classes[0] == "band")
            yield return FillOf("warn-sunk");
        yield return classes switch
        {
            ["band"] => Stroke("warn", 0.6f, 3, 3),
            ["announced"] => Stroke("soft", 1),
            ["delay"] => FillOf("p-other"),
            ["half"] => Stroke("ink", 2),
            ["most"] => Stroke("ink", 1.6f, 3, 2),
            [var colour, "outlined"] => Stroke(colour, 1.8f),
            _ => FillOf(classes[0]),
        };
    }

    private static SKPaint FillOf(string colour) => new() { Color = Colour(colour), IsAntialias = true };

    private static SKPaint Stroke(string colour, float width, params float[] dashes) => new()
    {
        Color = Colour(colour),
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = width,
        PathEffect = dashes.Length == 0 ? null : SKPathEffect.CreateDash(dashes, 0),
    };

    /// <summary>Lines over a path, as <see cref="PlotHatches"/> has them in tiles.</summary>
    private void Hatch(SKPath path, string hatch)
    {
        var bounds = path.Bounds;
        using var lines = new SKPath();
        foreach (var (run, rise) in DirectionsOf(hatch))
            AddLines(lines, bounds, run, rise, PlotHatches.SizeOf(hatch));
        using var paint = hatch == PlotHatches.Dots ? Stroke("card", 2, 2, 3) : Stroke("card", 1.3f);
        canvas.ClipPath(path, antialias: true);
        canvas.DrawPath(lines, paint);
    }

    private static (int Run, int Rise)[] DirectionsOf(string hatch) => hatch switch
    {
        PlotHatches.Rising => [(1, -1)],
        PlotHatches.Falling => [(1, 1)],
        PlotHatches.Cross => [(1, -1), (1, 1)],
        PlotHatches.Upright => [(0, 1)],
        _ => [(1, 0)],
    };

    private static void AddLines(SKPath lines, SKRect bounds, int run, int rise, int size)
    {
        var (left, right) = (bounds.Left - size, bounds.Right + size);
        var (top, bottom) = (bounds.Top - size, bounds.Bottom + size);
        var reach = Math.Abs(rise) * run * (bottom - top);
        if (run == 0 || rise != 0)
        {
            for (var x = (float)Math.Floor((left - reach) / size) * size; x <= right; x += size)
            {
                lines.MoveTo(x, rise < 0 ? bottom : top);
                lines.LineTo(x + reach, rise < 0 ? top : bottom);
            }
        }
        else
        {
            for (var y = ((float)Math.Floor(top / size) * size) + (size / 2f); y <= bottom; y += size)
            {
                lines.MoveTo(left, y);
                lines.LineTo(right, y);
            }
        }
    }

    /// <summary>A circle as four curves (what <see cref="VerdictLook.Circle"/> writes is one arc that Skia cuts into
    /// fifty pieces).</summary>
    private static string Curves(Match circle)
    {
        const double Control = 0.5523; // of a quarter of a circle
        var r = double.Parse(circle.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        var (c, d) = (Number(r * Control), Number(r * (1 - Control)));
        var n = Number(r);
        return $"c-{c} 0-{n} {d}-{n} {n}c0 {c} {d} {n} {n} {n}c{c} 0 {n}-{d} {n}-{n}c0-{c}-{d}-{n}-{n}-{n}z";

        static string Number(double value) =>
            value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"a([\d.]+) [\d.]+ 0 1 0 \.1 0z")]
    private static partial Regex Circle();
}
