using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>
/// The audit for a reader at a terminal, in short, in the order of the page: verdict, findings, what is new or
/// behaves unlike its name, segments, trend, what the capture could see, the firewall, required and not seen, changes,
/// role matrix and pairs, dynamic ports, TLS, hosts, method, exceptions, diagnostics. Long lists are cut and say so.
/// Text from the network is shown as data: never as markup, never as a terminal's control sequence
/// (<see cref="VisibleText"/>).
/// </summary>
public static class TextReport
{
    /// <summary>Writes the whole report. Lines end with a line feed and have no trailing blanks.</summary>
    public static void Write(AuditRun run, TextWriter writer, TextReportOptions options) =>
        Render(writer, options, page => WriteSections(page, run, options.Verbose));

    /// <summary>Writes the verdict alone, in a sentence.</summary>
    public static void WriteVerdict(AuditRun run, TextWriter writer, TextReportOptions options) =>
        Render(writer, options, page => VerdictSection.WriteSentence(page, run));

    internal static void WriteSections(ReportPage page, AuditRun run, bool verbose)
    {
        VerdictSection.Write(page, run);
        FindingSection.Write(page, run.Report, verbose);
        NewsSection.Write(page, run.Report.News, verbose);
        BehaviourSection.Write(page, run.Report);
        SegmentSection.Write(page, run, verbose);
        TrendSection.Write(page, run.Report.Trend, verbose);
        CoverageSection.Write(page, run);
        foreach (var passages in run.Report.Passages)
            PassageSection.Write(page, passages, verbose);
        if (run.Report.Watched is { } watched)
            WatchSection.Write(page, watched);
        foreach (var policy in run.Report.Policies)
            PolicySection.Write(page, policy, verbose);
        RuleSection.Write(page, run.Report, verbose);
        BaselineSection.Write(page, run.Baseline);
        MatrixSection.WriteRoles(page, run.Report);
        RolePairSection.Write(page, run.Report);
        DynamicPortSection.Write(page, run.Report);
        TlsSection.Write(page, run.Report);
        HostSection.Write(page, run.Report);
        MethodSection.Write(page, run);
        ExceptionSection.Write(page, run.Report);
        DiagnosticSection.Write(page, run.Report);
    }

    /// <summary>Writes a page of a width that can be read.</summary>
    internal static void Render(TextWriter writer, TextReportOptions options, Action<ReportPage> write) =>
        PageText.Write(writer, Math.Min(options.Width, TextReportOptions.MaximumWidth), options.Color, write);
}
