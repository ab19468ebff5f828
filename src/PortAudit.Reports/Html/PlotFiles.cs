using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html.Plots;

namespace PortAudit.Reports.Html;

/// <summary>The plots of an audit as files of their own: one SVG for each pair of roles and kind of plot, readable
/// alone.</summary>
public static class PlotFiles
{
    /// <summary>The files, by pair of roles, made one after the other as they are asked for.</summary>
    public static IEnumerable<PlotText> Of(AuditRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var pairs = PairViews.Of(run.Report);
        return pairs.SelectMany(OfPair);
    }

    private static IEnumerable<PlotText> OfPair(PairView pair)
    {
        if (pair.Timeline is not { } timeline)
            yield break;
        var kinds = PairPlots.Of(timeline, pair.DynamicRanges, PlotDetail.Full).Select(plot => plot.Kind).ToList();
        for (var index = 0; index < kinds.Count; index++)
        {
            var svg = HtmlReport.Render<PlotFile>(new Dictionary<string, object?>
            {
                [nameof(PlotFile.Timeline)] = timeline,
                [nameof(PlotFile.DynamicRanges)] = pair.DynamicRanges,
                [nameof(PlotFile.Index)] = index,
            });
            yield return new PlotText($"{pair.Slug}--{kinds[index].ToText()}.svg", svg);
        }
    }
}

/// <summary>A plot as a file.</summary>
/// <param name="FileName">Its name, made from the names of the roles: lower-case letters, digits, hyphens and dots
/// only.</param>
/// <param name="Svg">Its text.</param>
public sealed record PlotText(string FileName, string Svg);
