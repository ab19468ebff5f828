using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Pictures;
using PortAudit.Reports.Writing;

namespace PortAudit.Cli.Output;

/// <summary>The directory of <c>--plots</c>. It is made before anything is read, so that a wrong path costs no time;
/// each plot appears whole or not at all.</summary>
internal sealed class PlotOutput
{
    private readonly string _directory;
    private readonly PlotFormat _format;

    private PlotOutput(string directory, PlotFormat format) => (_directory, _format) = (directory, format);

    /// <summary>Makes the directory where it is missing.</summary>
    /// <param name="directory">Its path; null without plots.</param>
    /// <param name="format">The format of the files.</param>
    /// <param name="log">Told what is wrong.</param>
    /// <param name="output">The output; null without plots, and when it cannot be made.</param>
    /// <returns>False when it cannot be made.</returns>
    public static bool TryOpen(string? directory, PlotFormat format, DiagnosticLog log, out PlotOutput? output)
    {
        output = null;
        if (directory is null)
            return true;
        try
        {
            Directory.CreateDirectory(directory);
            using (AtomicFile.TryOpen(Path.Combine(directory, "matrix--roles"), out var reason)
                ?? throw new IOException(reason))
            {
                // Whether it takes files is told now, not after the captures are read.
            }

            output = new PlotOutput(directory, format);
            return true;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            log.Error($"{directory}: plots cannot be written there: {exception.Message}");
            return false;
        }
    }

    /// <summary>Writes the plots. False, with a line in the log, when the disk does not take them or nothing can draw
    /// them.</summary>
    public bool Write(AuditRun run, DiagnosticLog log)
    {
        if (PictureLibrary.WhyMissing() is { } missing)
        {
            log.Error($"{_directory}: no plot is drawn: {missing}");
            return false;
        }

        if (run.Report.Timelines.Length - PlotFiles.MaximumPairs is > 0 and var more)
            log.Warning($"{_directory}: {Quantity.Of(more, "pair")} of roles with the fewest flows get no plots of "
                + "their own");
        if (run.Report.Timelines.IsEmpty)
            log.Warning($"{_directory}: there is nothing to plot: no pair of roles talked");
        foreach (var plot in PlotFiles.Of(run, _format))
        {
            var path = Path.Combine(_directory, plot.FileName);
            try
            {
                using var file = AtomicFile.TryOpen(path, out var reason) ?? throw new IOException(reason);
                file.Stream.Write(plot.Bytes.Span);
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
