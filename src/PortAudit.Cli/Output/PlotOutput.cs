using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html;

namespace PortAudit.Cli.Output;

/// <summary>The directory of <c>--plots</c>. It is made before anything is read, so that a wrong path costs no time;
/// each plot appears whole or not at all.</summary>
internal sealed class PlotOutput
{
    private readonly string _directory;

    private PlotOutput(string directory) => _directory = directory;

    /// <summary>Makes the directory where it is missing.</summary>
    /// <param name="directory">Its path; null without plots.</param>
    /// <param name="log">Told what is wrong.</param>
    /// <param name="output">The output; null without plots, and when it cannot be made.</param>
    /// <returns>False when it cannot be made.</returns>
    public static bool TryOpen(string? directory, DiagnosticLog log, out PlotOutput? output)
    {
        output = null;
        if (directory is null)
            return true;
        try
        {
            Directory.CreateDirectory(directory);
            output = new PlotOutput(directory);
            return true;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            log.Error($"{directory}: plots cannot be written there: {exception.Message}");
            return false;
        }
    }

    /// <summary>Writes the plots. False, with a line in the log, when the disk does not take them.</summary>
    public bool Write(AuditRun run, DiagnosticLog log)
    {
        foreach (var plot in PlotFiles.Of(run))
        {
            var path = Path.Combine(_directory, plot.FileName);
            try
            {
                using var file = AtomicFile.TryOpen(path, out var reason) ?? throw new IOException(reason);
                file.Writer.Write(plot.Svg);
                file.Commit();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                log.Error($"{path}: cannot be written: {exception.Message}");
                return false;
            }
        }

        return true;
    }
}
