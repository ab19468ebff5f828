using PortAudit.Reports;
using PortAudit.Reports.Baseline;

namespace PortAudit.Tests.Reports;

/// <summary>What the formats write.</summary>
internal static class ReportText
{
    /// <summary>The text of a run in a format.</summary>
    public static string Of(AuditRun run, string format)
    {
        using var writer = new StringWriter();
        ReportFormat.All.Single(row => row.Name == format).Write(run, writer);
        return writer.ToString();
    }
}
