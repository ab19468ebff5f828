using System.Text;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>
/// The audit for a reader at a terminal: verdict, what the capture could see, findings, rules, role pairs, exceptions, diagnostics.
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
        ExceptionSection.Write(page, run.Report);
        DiagnosticSection.Write(page, run.Report);
    });

    /// <summary>Writes the verdict alone.</summary>
    public static void WriteVerdict(AuditRun run, TextWriter writer, TextReportOptions options) =>
        Render(writer, options, page => VerdictSection.Write(page, run));

    private static void Render(TextWriter writer, TextReportOptions options, Action<ReportPage> write)
    {
        var text = new StringBuilder();
        using (var buffer = new StringWriter(text))
            write(new ReportPage(buffer, Math.Clamp(options.Width, TextReportOptions.MinimumWidth, TextReportOptions.MaximumWidth), options.Color));

        var previous = "";
        foreach (var line in text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()))
        {
            // Tables begin and end with an empty line of their own; one between sections is enough, and none belongs below a heading.
            var isSurplus = line.Length == 0 && (previous.Length == 0 || previous.Contains(ReportPage.HeadingRule));
            if (isSurplus)
                continue;
            writer.Write(line);
            writer.Write('\n');
            previous = line;
        }
    }
}
