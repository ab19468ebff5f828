using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html;
using PortAudit.Reports.Plots;

namespace PortAudit.Reports.Pictures;

/// <summary>The plots of an audit as files that stand alone: of everything, then of pairs of roles.</summary>
public static class PlotFiles
{
    /// <summary>Pairs of roles that get files of their own, those with the most flows: each takes about half a
    /// second.</summary>
    public const int MaximumPairs = 100;

    /// <summary>Times as many pixels as usual that a PNG has at most, in each direction.</summary>
    public const int MaximumScale = 2;

    /// <summary>Rows and columns of a matrix: more are not read on a slide.</summary>
    private const int MaximumRoles = 14;

    /// <summary>Dots of a plot: more are one blot.</summary>
    private const int MaximumDots = 4_000;

    private const double PlotHeight = 280;

    private static readonly PlotDetail Detail = new(WithHints: false, MaximumDots) { Height = PlotHeight };

    /// <summary>The files, made one after the other as they are asked for.</summary>
    /// <param name="run">What they show.</param>
    /// <param name="format">Their format.</param>
    /// <param name="scale">Times as many pixels as usual that a PNG has in each direction, from 1 to
    /// <see cref="MaximumScale"/>.</param>
    public static IEnumerable<PlotFile> Of(AuditRun run, PlotFormat format, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MaximumScale);
        return Pictures(run).Select(picture =>
            new PlotFile($"{picture.Name}.{format.ToText()}", PictureFile.Of(picture.Picture, format, scale)));
    }

    /// <summary>The pictures with the names of their files, which no two share.</summary>
    internal static IEnumerable<(string Name, Picture Picture)> Pictures(AuditRun run)
    {
        var words = new PictureWords(run);
        var report = run.Report;
        var roles = PlotMatrix.OfRoles(report);
        if (!roles.Cells.IsEmpty)
            yield return ("matrix--roles", Matrix(roles, "role", words));
        var segments = PlotMatrix.OfSegments(report);
        if (!segments.Cells.IsEmpty)
            yield return ("matrix--segments", Matrix(segments, "segment", words));
        if (AllPairs.Of(report.Timelines) is { } all)
        {
            foreach (var (kind, drawing) in PairPlots.Of(all, [], Detail))
                yield return ($"all--{kind.ToText()}", Plot("All pairs of roles", drawing, words));
        }

        foreach (var picture in OfFindings(run, words))
            yield return picture;
        foreach (var pair in Largest(PairViews.Of(report)))
        {
            var heading = $"{pair.Pair.From} to {pair.Pair.To}";
            foreach (var (kind, drawing) in PairPlots.Of(pair.Timeline!, pair.DynamicRanges, Detail))
                yield return ($"{pair.Slug}--{kind.ToText()}", Plot(heading, drawing, words));
        }
    }

    /// <summary>Plots of findings about what is new or behaves unlike its name.</summary>
    private static IEnumerable<(string Name, Picture Picture)> OfFindings(AuditRun run, PictureWords words) =>
        NewsPlots.Of(run.Report.News).Select(plot => ($"new--{plot.Finding}", plot))
            .Concat(NewsPlots.Of(run.Report.Behaviour).Select(plot => ($"behaviour--{plot.Finding}", plot)))
            .Select(named => (named.Item1, Plot(named.plot.Heading, named.plot.Drawing, words)));

    /// <summary>Those with the most flows, in the order of the report.</summary>
    private static IEnumerable<PairView> Largest(ImmutableArray<PairView> pairs)
    {
        var drawn = pairs.Where(pair => pair.Timeline is not null).OrderByDescending(pair => pair.Pair.Flows)
            .Take(MaximumPairs).ToHashSet();
        return pairs.Where(drawn.Contains);
    }

    private static Picture Plot(string heading, PlotDrawing drawing, PictureWords words) => new(heading, drawing.Title,
        words.Window, words.Source(drawing.Shown), drawing.Summary, new DrawnPlot(drawing));

    private static Picture Matrix(PlotMatrix matrix, string noun, PictureWords words)
    {
        var cells = matrix.Cells.OrderByDescending(cell => cell.Value.Flows).ThenBy(cell => cell.Key).Take(5)
            .Select(cell => $"{cell.Key.From} to {cell.Key.To} {Quantity.Of(cell.Value.Flows, "flow")}");
        return new Picture($"Who talked to whom, by {noun}",
            $"Flows from the {noun} of the row to the {noun} of the column", words.Window,
            words.Source(Quantity.Of(matrix.Flows, "flow")), $"The most: {string.Join("; ", cells)}.",
            new DrawnMatrix(matrix.Within(MaximumRoles, noun)));
    }
}

/// <summary>A plot as a file.</summary>
/// <param name="FileName">Its name, made from the names of the roles: lower-case letters, digits, hyphens and dots
/// only.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record PlotFile(string FileName, ReadOnlyMemory<byte> Bytes);
