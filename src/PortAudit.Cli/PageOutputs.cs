using PortAudit.Reports;
using PortAudit.Reports.Html;

namespace PortAudit.Cli;

/// <summary>Where <c>--report</c> and <c>--plots</c> go: a page that appears whole or not at all, and a directory of plots. Opened before anything is read, so that a wrong path costs no time.</summary>
internal sealed class PageOutputs : IDisposable
{
    private readonly AtomicFile? _report;
    private readonly string? _reportPath;
    private readonly string? _plots;

    private PageOutputs(AtomicFile? report, string? reportPath, string? plots) => (_report, _reportPath, _plots) = (report, reportPath, plots);

    /// <summary>True when something is drawn over time.</summary>
    public bool NeedTimelines => _report is not null || _plots is not null;

    /// <summary>Opens what the user named.</summary>
    /// <param name="report">Path of the page; null without one.</param>
    /// <param name="plots">Directory of the plots, made where it is missing; null without one.</param>
    /// <param name="captures">The captures of the run, which are not to be overwritten.</param>
    /// <param name="log">Told what is wrong.</param>
    /// <returns>Null when something is.</returns>
    public static PageOutputs? TryOpen(string? report, string? plots, CaptureArguments captures, DiagnosticLog log)
    {
        if (report == CaptureArguments.StandardInput)
        {
            log.Error("--report writes a file: name one, such as audit.html");
            return null;
        }

        if (report is not null && captures.Names(report))
        {
            log.Error($"{report}: is a capture of this run and would be overwritten");
            return null;
        }

        if (plots is not null && WhyNoDirectory(plots) is { } problem)
        {
            log.Error($"{plots}: plots cannot be written there: {problem}");
            return null;
        }

        var reason = "";
        var file = report is null ? null : AtomicFile.TryOpen(report, out reason);
        if (report is null || file is not null)
            return new PageOutputs(file, report, plots);
        log.Error($"{report}: cannot be written: {reason}");
        return null;
    }

    /// <summary>Writes both. False, with a line in the log, when the disk does not take them.</summary>
    public bool Write(AuditRun run, DiagnosticLog log)
    {
        var path = _reportPath ?? "";
        try
        {
            if (_report is not null)
            {
                HtmlReport.Write(run, _report.Writer);
                _report.Commit();
            }

            if (_plots is null)
                return true;
            foreach (var plot in PlotFiles.Of(run))
            {
                path = Path.Combine(_plots, plot.FileName);
                WritePlot(path, plot.Svg);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Error($"{path}: cannot be written: {exception.Message}");
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _report?.Dispose();

    private static void WritePlot(string path, string svg)
    {
        using var file = AtomicFile.TryOpen(path, out var reason) ?? throw new IOException(reason);
        file.Writer.Write(svg);
        file.Commit();
    }

    private static string? WhyNoDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
