using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Text;

/// <summary>What the captures could see, and what therefore cannot be said.</summary>
internal static class CoverageSection
{
    /// <summary>The field of what cannot be said.</summary>
    internal const string CannotSay = "Cannot say";

    /// <summary>The field of the catalogs, which the method of the audit names, too.</summary>
    internal const string Catalogs = "Catalogs";

    public static void Write(ReportPage page, AuditRun run)
    {
        page.Heading("What the captures could see");
        page.Fields(
            Fields(run)
                .Where(field => field.Label != Catalogs)
                .Select(field => ObservationFields.Shorten(field)
                    with
                { Style = field.Label == CannotSay ? SeverityStyle.Of(Severity.Medium) : field.Style }),
            ObservationFields.LabelWidth);
    }

    /// <summary>What was seen, in the order in which a reader asks; a field without lines has nothing to say. Captures
    /// that were not read whole come first.</summary>
    internal static IEnumerable<ReportField> Fields(AuditRun run)
    {
        var (report, coverage) = (run.Report, run.Report.Coverage);
        return
            [
                .. ObservationFields.Of(report.Observation, coverage.Shares, run.Unread, TrafficLines.Flows(report),
                    TrafficLines.Names(report.Names)),
                new("Segments", string.Join(", ", coverage.SegmentsSeen)),
                new("Roles seen", coverage.RolesSeen.IsEmpty ? "none" : string.Join(", ", coverage.RolesSeen)),
                new("Roles silent", coverage.RolesSilent.IsEmpty ? "none" : string.Join(", ", coverage.RolesSilent)),
                new(Catalogs, [.. report.Catalogs.Select(catalog =>
                    $"{catalog.Id}: {catalog.Title}, {Quantity.Of(catalog.Rules, "rule")}")]),
                new(CannotSay, coverage.CannotSay),
            ];
    }
}
