using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Plots;
using ScottPlot;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>A matrix as a heatmap: shades and numbers are those of the page.</summary>
/// <param name="matrix">The matrix, with a cell at least and few enough rows and columns.</param>
internal sealed class DrawnMatrix(PlotMatrix matrix) : IPictureBody
{
    private const double Left = 190;
    private const double RightMargin = 90;
    private const double LevelHeader = 30;
    private const double HighestHeader = 150;
    private const double AboveCells = 8;
    private const double WidestCell = 150;
    private const double HighestCell = 54;
    private const double RoomForCells = 290;
    private const double Slant = 40;
    private const double Edge = 6;
    private const float SmallestNumber = 8.5f;
    private const float LargestNumber = 13;

    private double CellWidth => Math.Min(WidestCell, (PlotDrawing.Width - Left - RightMargin) / matrix.To.Length);

    private double CellHeight => Math.Min(HighestCell, RoomForCells / matrix.From.Length);

    private double LongestName { get; } = LongestOf(matrix.To);

    private bool IsLevel => LongestName < CellWidth - 6;

    private double Header => IsLevel
        ? LevelHeader
        : Math.Min(HighestHeader, (LongestName * Math.Sin(Radians)) + AboveCells + Edge);

    private static double Radians => Slant * Math.PI / 180;

    private double Right => Left + (CellWidth * matrix.To.Length);

    private double Bottom => Header + (CellHeight * matrix.From.Length);

    public double Height => Bottom + 14;

    public ImmutableArray<PlotKey> Legend =>
    [
        .. from cell in matrix.Cells.Values
           group cell.Flows by matrix.ShadeOf(cell) into shade
           orderby shade.Key
           select new PlotKey(new PlotMark($"{ColourOf(shade.Key)} filled", "M2-6h12v12h-12z"), Range(shade)),
        .. matrix.Cells.Values.Any(cell => cell.Escaped > 0) ? new[] { Sign("! escaped") } : [],
        .. matrix.Cells.Values.Any(cell => cell.Misdropped > 0) ? new[] { Sign("× misdropped") } : [],
    ];

    public void Draw(PictureCanvas canvas, double top)
    {
        using var plot = PlotStyle.New();
        foreach (var ((from, to), cell) in matrix.Cells.OrderBy(cell => cell.Key))
        {
            var (column, row) = (matrix.To.IndexOf(to), matrix.From.Length - 1 - matrix.From.IndexOf(from));
            var shade = plot.Add.Rectangle(column, column + 1, row, row + 1);
            shade.FillColor = PlotStyle.Colour(ColourOf(matrix.ShadeOf(cell)));
            shade.LineWidth = 0;
        }

        plot.Axes.SetLimits(0, matrix.To.Length, 0, matrix.From.Length);
        plot.Axes.Left.SetTicks([], []);
        plot.Axes.Bottom.SetTicks([], []);
        PlotStyle.Render(plot, canvas,
            new PixelRect((float)Left, (float)Right, (float)(top + Bottom), (float)(top + Header)));
        DrawGrid(canvas, top);
        DrawNames(canvas, top);
        foreach (var ((from, to), cell) in matrix.Cells.OrderBy(cell => cell.Key))
            DrawCell(canvas, Left + (CellWidth * (matrix.To.IndexOf(to) + 0.5)),
                top + Header + (CellHeight * (matrix.From.IndexOf(from) + 0.5)), cell);
    }

    private static string ColourOf(int shade) => string.Create(CultureInfo.InvariantCulture, $"shade-{shade}");

    private void DrawGrid(PictureCanvas canvas, double top)
    {
        for (var row = 0; row <= matrix.From.Length; row++)
            canvas.Line(Left, top + Header + (row * CellHeight), Right, top + Header + (row * CellHeight), "line");
        for (var column = 0; column <= matrix.To.Length; column++)
            canvas.Line(Left + (column * CellWidth), top + Header, Left + (column * CellWidth), top + Bottom, "line");
    }

    private void DrawNames(PictureCanvas canvas, double top)
    {
        using var font = PictureCanvas.FontOf(PlotStyle.LabelSize);
        canvas.Text("from (rows)   to (columns)", Left - 8, top + Header - 8, font, "soft", SKTextAlign.Right);
        foreach (var (row, name) in matrix.From.Index())
            canvas.Text(PictureText.FitEnds(name, font, Left - 20), Left - 8,
                top + Header + (CellHeight * (row + 0.5)) + 4, font, "ink", SKTextAlign.Right);
        foreach (var (column, name) in matrix.To.Index())
        {
            var x = Left + (CellWidth * (column + 0.5));
            canvas.Text(PictureText.FitEnds(name, font, IsLevel ? CellWidth : RoomAt(x)), x,
                top + Header - AboveCells, font, "ink", IsLevel ? SKTextAlign.Center : SKTextAlign.Left,
                IsLevel ? 0 : (float)-Slant);
        }
    }

    /// <summary>Room for a slanted name, up to the top and the right edge.</summary>
    private double RoomAt(double x) => Math.Min((Header - AboveCells - Edge) / Math.Sin(Radians) + 1,
        (PlotDrawing.Width - Edge - x) / Math.Cos(Radians));

    private static double LongestOf(ImmutableArray<string> names)
    {
        using var font = PictureCanvas.FontOf(PlotStyle.LabelSize);
        return names.Max(name => font.MeasureText(PictureText.Clean(name)));
    }

    private void DrawCell(PictureCanvas canvas, double x, double y, MatrixCell cell)
    {
        var signs = Signs(cell);
        var size = (float)Math.Clamp(CellHeight / 2.8, SmallestNumber, LargestNumber);
        var isTwoLines = signs.Length > 0 && CellHeight >= 2.4 * SmallestNumber;
        using var font = PictureCanvas.FontOf(size, bold: true);
        using var small = PictureCanvas.FontOf(Math.Max(SmallestNumber, size * 0.85f));
        var number = Quantity.Count(cell.Flows);
        if (font.MeasureText(number) > CellWidth - 4)
            number = Rounded(cell.Flows);
        canvas.Text(PictureText.Fit(number, font, CellWidth), x, y + (isTwoLines ? -1 : size * 0.36), font, "ink",
            SKTextAlign.Center);
        if (isTwoLines)
            canvas.Text(PictureText.Fit(signs, small, CellWidth), x, y + small.Size, small, "bad", SKTextAlign.Center);
    }

    /// <summary>What of a cell's flows escaped or was misdropped.</summary>
    internal static string Signs(MatrixCell cell) => string.Join(' ', new[]
    {
        cell.Escaped > 0 ? $"!{Rounded(cell.Escaped)}" : "", cell.Misdropped > 0 ? $"×{Rounded(cell.Misdropped)}" : "",
    }.Where(sign => sign.Length > 0));

    private static string Rounded(long flows) =>
        Quantity.Rounded(flows).Replace(" ", "", StringComparison.Ordinal);

    private static string Range(IEnumerable<long> flows)
    {
        var (least, most) = (flows.Min(), flows.Max());
        return least == most
            ? Quantity.Of(least, "flow")
            : $"{Quantity.Count(least)} to {Quantity.Of(most, "flow")}";
    }

    private static PlotKey Sign(string text) => new(new PlotMark("", ""), text);
}
