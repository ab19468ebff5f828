using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>
/// The audit for a reader at a terminal: verdict, what the capture could see, findings, changes, rules, role pairs, dynamic ports, exceptions, diagnostics.
/// Text from the network is shown as data: never as markup, never as a terminal's control sequence (<see cref="VisibleText"/>).
/// </summary>
public static class TextReport
{
    /// <summary>Writes the whole report. Lines end with a line feed and have no trailing blanks.</summary>
    public static void Write(AuditRun run, TextWriter writer, TextReportOptions options) => Render(writer, options, page => WriteSections(page, run, options.Verbose));

    /// <summary>Writes the verdict alone.</summary>
    public static void WriteVerdict(AuditRun run, TextWriter writer, TextReportOptions options) =>
        Render(writer, options, page => VerdictSection.Write(page, run));

    /// <summary>Writes the sections in their order.</summary>
    internal static void WriteSections(ReportPage page, AuditRun run, bool verbose)
    {
        VerdictSection.Write(page, run);
        CoverageSection.Write(page, run);
        FindingSection.Write(page, run.Report);
        BaselineSection.Write(page, run.Baseline);
        RuleSection.Write(page, run.Report, verbose);
        RolePairSection.Write(page, run.Report);
        DynamicPortSection.Write(page, run.Report);
        ExceptionSection.Write(page, run.Report);
        DiagnosticSection.Write(page, run.Report);
    }

    private static void Render(TextWriter writer, TextReportOptions options, Action<ReportPage> write) =>
        PageText.Write(writer, Math.Clamp(options.Width, TextReportOptions.MinimumWidth, TextReportOptions.MaximumWidth), options.Color, write);
}
