using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Pictures;

/// <summary>What every picture of a run says: its site and window, and where its numbers come from.</summary>
internal sealed class PictureWords(AuditRun run)
{
    private const int MaximumNames = 3;

    /// <summary>The window of the captures, and the site.</summary>
    public string Window
    {
        get
        {
            var coverage = run.Report.Coverage;
            var window = coverage.WindowStartNs is { } start && coverage.WindowEndNs is { } end
                ? $"Captured from {ReportTime.Span(start, end)}"
                : "No packet captured";
            return $"{window}; site {Short(run.Report.Site)}";
        }
    }

    /// <summary>The captures, and what of them is counted.</summary>
    /// <param name="shown">What is counted, with its unit.</param>
    public string Source(string shown)
    {
        var captures = run.Report.Observation.Captures.Select(capture => Short(Path.GetFileName(capture.Path)))
            .ToList();
        var partial = run.IsPartial ? ", read in part" : "";
        return $"Shows {shown}. Source: {Quantity.Of(run.Report.Coverage.Packets, "packet")} of "
            + $"{Shortened.Names(captures, MaximumNames)}{partial}; PortAudit {run.ToolVersion}.";
    }

    private static string Short(string name) => Html.ShownText.Short(name);
}
