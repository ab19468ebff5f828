using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Text;

/// <summary>What crosses between segments, for a reader at a terminal: the matrix, then the services of each
/// pair.</summary>
internal static class SegmentSection
{
    /// <summary>The title of the section.</summary>
    public const string Title = "Segments";

    private const int MaximumPairs = 10;
    private const int MaximumServices = 8;

    /// <summary>Writes the section; nothing without a flow.</summary>
    public static void Write(ReportPage page, AuditRun run, bool verbose)
    {
        var report = run.Report;
        if (report.SegmentPairs.IsEmpty)
            return;
        page.Heading(Title);
        MatrixSection.WriteSegments(page, report);
        if (NewServices(run) is { } sentence)
            page.Paragraph(sentence);
        var (pairs, services) = verbose ? (int.MaxValue, int.MaxValue) : (MaximumPairs, MaximumServices);
        foreach (var pair in SegmentTables.InOrder(report.SegmentPairs).Take(pairs))
            SegmentTables.Of(pair, services, isWhole: verbose, run.Baseline).Write(page);
        if (report.SegmentPairs.Length > pairs)
            page.Paragraph($"and {Quantity.Of(report.SegmentPairs.Length - pairs, "more pair")}: "
                + $"{Shortened.WithVerbose}");
    }

    /// <summary>How many services the earlier report does not have, one sentence; null when that is not
    /// known.</summary>
    internal static string? NewServices(AuditRun run)
    {
        if (run.Baseline?.KnownServices is null)
            return null;
        var number = run.Report.SegmentPairs.Sum(pair =>
            pair.Services.Count(service => run.Baseline.IsNew(pair, service) == true));
        return $"{Quantity.Of(number, "service")} {Quantity.Word(number, "is", "are")} new since the earlier report.";
    }
}
