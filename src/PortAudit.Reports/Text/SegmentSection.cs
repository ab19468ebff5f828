using PortAudit.Audit;
using PortAudit.Audit.Wording;

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
    public static void Write(ReportPage page, AuditReport report, bool verbose)
    {
        if (report.SegmentPairs.IsEmpty)
            return;
        page.Heading(Title);
        MatrixSection.WriteSegments(page, report);
        var (pairs, services) = verbose ? (int.MaxValue, int.MaxValue) : (MaximumPairs, MaximumServices);
        foreach (var pair in SegmentTables.InOrder(report.SegmentPairs).Take(pairs))
            SegmentTables.Of(pair, services, isWhole: verbose).Write(page);
        if (report.SegmentPairs.Length > pairs)
            page.Paragraph($"and {Quantity.Of(report.SegmentPairs.Length - pairs, "more pair")}: "
                + $"{Shortened.WithVerbose}");
    }
}
