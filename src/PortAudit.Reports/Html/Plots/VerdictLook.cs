using PortAudit.Audit.Matching;

namespace PortAudit.Reports.Html.Plots;

/// <summary>How a verdict looks wherever it is drawn: a colour of its own, and beside it a shape (dots) or a hatch (columns), so that no reader needs the colour.</summary>
internal static class VerdictLook
{
    /// <summary>The style class that gives the colour.</summary>
    public static string ClassOf(Verdict verdict) => $"v-{verdict.ToText()}";

    /// <summary>The pattern that is laid over a column; null for what the rules let pass, which is plain.</summary>
    public static string? HatchOf(Verdict verdict) => verdict switch
    {
        Verdict.UnexplainedDynamic => "hatch-dots",
        Verdict.WrongProtocol => "hatch-level",
        Verdict.WrongDirection => "hatch-upright",
        Verdict.Cleartext => "hatch-falling",
        Verdict.Forbidden => "hatch-cross",
        Verdict.Unexpected => "hatch-rising",
        _ => null,
    };

    /// <summary>True for a shape that is drawn as lines rather than filled.</summary>
    public static bool IsOutlined(Verdict verdict) => verdict is Verdict.ExpectedByPort or Verdict.Excepted or Verdict.Background or Verdict.OutOfScope or Verdict.Unexpected or Verdict.WrongDirection;

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
        Verdict.UnexplainedDynamic => Polygon(x, y, (0, -1.2 * r), (1.2 * r, r), (-1.2 * r, r)),
        Verdict.WrongDirection => Polygon(x, y, (0, 1.2 * r), (1.2 * r, -r), (-1.2 * r, -r)),
        Verdict.Cleartext => Polygon(x, y, (-0.6 * r, -1.2 * r), (0.6 * r, -1.2 * r), (1.3 * r, 0), (0.6 * r, 1.2 * r), (-0.6 * r, 1.2 * r), (-1.3 * r, 0)),
        Verdict.Forbidden => Polygon(x, y, (0, -1.4 * r), (0.4 * r, -0.4 * r), (1.4 * r, 0), (0.4 * r, 0.4 * r), (0, 1.4 * r), (-0.4 * r, 0.4 * r), (-1.4 * r, 0), (-0.4 * r, -0.4 * r)),
        Verdict.Unexpected => Lines(x, y, (-r, -r, r, r), (-r, r, r, -r)),
        _ => Lines(x, y, (-r, 0, r, 0), (0, -r, 0, r)),
    };

    /// <summary>A circle as an SVG path.</summary>
    public static string Circle(double x, double y, double r)
    {
        var (radius, width) = (Pixels.Of(r), Pixels.Of(2 * r));
        return $"M{Pixels.Of(x - r)} {Pixels.Of(y)}a{radius} {radius} 0 1 0 {width} 0a{radius} {radius} 0 1 0-{width} 0z";
    }

    private static string Polygon(double x, double y, params (double X, double Y)[] corners) =>
        $"M{string.Join('L', corners.Select(corner => $"{Pixels.Of(x + corner.X)} {Pixels.Of(y + corner.Y)}"))}z";

    private static string Lines(double x, double y, params (double X1, double Y1, double X2, double Y2)[] lines) =>
        string.Concat(lines.Select(line => $"M{Pixels.Of(x + line.X1)} {Pixels.Of(y + line.Y1)}L{Pixels.Of(x + line.X2)} {Pixels.Of(y + line.Y2)}"));
}
