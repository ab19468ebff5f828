using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>
/// The audit for a reader at a terminal: verdict, what the capture could see, findings, rules, role pairs, dynamic ports, exceptions, diagnostics.
/// Text from the network is shown as data: never as markup, never as a terminal's control sequence (<see cref="VisibleText"/>).
/// </summary>
public static class TextReport
{
    /// <summary>Writes the whole report. Lines end with a line feed and have no trailing blanks.</summary>
    public static void Write(AuditRun run, TextWriter writer, TextReportOptions options) => Render(writer, options, page =>
    {
        VerdictSection.Write(page, run);
        CoverageSection.Write(page, run);
        FindingSection.Write(page, run.Report);
        RuleSection.Write(page, run.Report, options.Verbose);
        RolePairSection.Write(page, run.Report);
        DynamicPortSection.Write(page, run.Report);
        ExceptionSection.Write(page, run.Report);
        DiagnosticSection.Write(page, run.Report);
    });

    /// <summary>Writes the verdict alone.</summary>
    public static void WriteVerdict(AuditRun run, TextWriter writer, TextReportOptions options) =>
        Render(writer, options, page => VerdictSection.Write(page, run));

    private static void Render(TextWriter writer, TextReportOptions options, Action<ReportPage> write) =>
        PageText.Write(writer, Math.Clamp(options.Width, TextReportOptions.MinimumWidth, TextReportOptions.MaximumWidth), options.Color, write);
}
