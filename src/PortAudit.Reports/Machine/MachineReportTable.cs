using PortAudit.Reports.Text;

namespace PortAudit.Reports.Machine;

/// <summary>What was found of this machine as a table for display, a remedy below its finding.</summary>
internal static class MachineReportTable
{
    /// <summary>Columns of a page on which nothing wraps.</summary>
    private const int Unbounded = 100_000;

    public static void Write(MachineReport report, TextWriter writer,
        int? width) => PageText.Write(writer, width ?? Unbounded, color: false, page =>
        page.Table(["STATE", "CHECK", "WHAT WAS FOUND"], report.Findings.Select(CellsOf)));

    private static IReadOnlyList<IReadOnlyList<string>> CellsOf(MachineFinding finding) =>
    [
        [finding.State],
        [finding.Name],
        finding.Remedy.Length == 0 ? [finding.Text] : [finding.Text, $"-> {finding.Remedy}"],
    ];
}
