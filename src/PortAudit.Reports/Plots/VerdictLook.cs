using PortAudit.Audit.Matching;

namespace PortAudit.Reports.Plots;

/// <summary>The look of a verdict: a colour, and a shape (dots) or hatch (columns) so that colour is not
/// needed.</summary>
internal static class VerdictLook
{
    public static string ClassOf(Verdict verdict) => $"v-{verdict.ToText()}";

    /// <summary>The pattern that is laid over a column; null for what the rules let pass, which is plain.</summary>
    public static string? HatchOf(Verdict verdict) => verdict switch
    {
        Verdict.UnexplainedDynamic => PlotHatches.Dots,
        Verdict.WrongProtocol => PlotHatches.Level,
        Verdict.WrongDirection => PlotHatches.Upright,
        Verdict.Cleartext => PlotHatches.Falling,
        Verdict.Forbidden => PlotHatches.Cross,
        Verdict.Unexpected => PlotHatches.Rising,
        Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted or
            Verdict.Background or Verdict.OutOfScope or Verdict.Declined or Verdict.UnobservableDynamic => null,
    };

    /// <summary>True for a shape that is drawn as lines rather than filled.</summary>
    public static bool IsOutlined(Verdict verdict) => verdict is Verdict.ExpectedByPort or Verdict.Excepted
        or Verdict.Background or Verdict.OutOfScope or Verdict.Unexpected or Verdict.WrongDirection
        or Verdict.Declined or Verdict.UnobservableDynamic;

    /// <summary>The shape as an SVG path around a point.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="x">The point.</param>
    /// <param name="y">The point.</param>
    /// <param name="r">Half of its size, in pixels.</param>
    public static string ShapeOf(Verdict verdict, double x, double y, double r) => verdict switch
    {
        Verdict.Expected or Verdict.ExpectedByPort => Circle(x, y, r),
        Verdict.ExpectedDynamic => Polygon(x, y, (0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)),
        Verdict.Excepted or Verdict.WrongProtocol => Polygon(x, y, (-r, -r), (r, -r), (r, r), (-r, r)),
        Verdict.UnexplainedDynamic or Verdict.UnobservableDynamic =>
            Polygon(x, y, (0, -1.2 * r), (1.2 * r, r), (-1.2 * r, r)),
        Verdict.WrongDirection => Polygon(x, y, (0, 1.2 * r), (1.2 * r, -r), (-1.2 * r, -r)),
        Verdict.Cleartext => Polygon(x, y, (-0.6 * r, -1.2 * r), (0.6 * r, -1.2 * r), (1.3 * r, 0), (0.6 * r, 1.2 * r),
            (-0.6 * r, 1.2 * r), (-1.3 * r, 0)),
        Verdict.Forbidden => Polygon(x, y, (0, -1.4 * r), (0.4 * r, -0.4 * r), (1.4 * r, 0), (0.4 * r, 0.4 * r),
            (0, 1.4 * r), (-0.4 * r, 0.4 * r), (-1.4 * r, 0), (-0.4 * r, -0.4 * r)),
        Verdict.Unexpected => Lines(x, y, (-r, -r, r, r), (-r, r, r, -r)),
        Verdict.Declined => Lines(x, y, (-r, 0, r, 0)),
        Verdict.Background or Verdict.OutOfScope => Lines(x, y, (-r, 0, r, 0), (0, -r, 0, r)),
    };

    public static string Circle(double x, double y, double r)
    {
        // One arc that all but closes itself: half of the bytes of two.
        var radius = Pixels.Of(r);
        return $"M{Pixels.Of(x)} {Pixels.Of(y - r)}a{radius} {radius} 0 1 0 .1 0z";
    }

    private static string Polygon(double x, double y, params (double X, double Y)[] corners)
    {
        var sides = corners.Zip(corners.Skip(1),
            (corner, next) => $"l{Pixels.Of(next.X - corner.X)} {Pixels.Of(next.Y - corner.Y)}");
        return $"M{Pixels.Of(x + corners[0].X)} {Pixels.Of(y + corners[0].Y)}{string.Concat(sides)}z";
    }

    private static string Lines(double x, double y, params (double X1, double Y1, double X2, double Y2)[] lines) =>
        string.Concat(lines.Select(line => $"M{Pixels.Of(x + line.X1)} "
            + $"{Pixels.Of(y + line.Y1)}l{Pixels.Of(line.X2 - line.X1)} {Pixels.Of(line.Y2 - line.Y1)}"));
}
