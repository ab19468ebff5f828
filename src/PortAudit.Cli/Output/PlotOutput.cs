using PortAudit.Audit.Wording;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Pictures;

namespace PortAudit.Cli.Output;

/// <summary>The directory of <c>--plots</c>. It is made before anything is read, so that a wrong path costs no time;
/// each plot appears whole or not at all.</summary>
internal sealed class PlotOutput
{
    private readonly string _directory;
    private readonly PlotFormat _format;
    private readonly int _scale;

    private PlotOutput(string directory, PlotFormat format, int scale) =>
        (_directory, _format, _scale) = (directory, format, scale);

    /// <summary>Makes the directory where it is missing.</summary>
    /// <param name="directory">Its path.</param>
    /// <param name="format">The format of the files.</param>
    /// <param name="scale">How many times as many pixels as usual a PNG has in each direction.</param>
    /// <param name="log">Receives errors.</param>
    /// <param name="output">The output; null when no plot can be drawn or written.</param>
    /// <returns>False when none can.</returns>
    public static bool TryOpen(string directory, PlotFormat format, int scale, DiagnosticLog log,
        out PlotOutput? output)
    {
        output = null;
        if (PictureLibrary.WhyMissing() is { } missing)
        {
            log.Error($"--plots: no plot can be drawn: {missing}");
            return false;
        }

        if (WhyUnusable(directory) is { } unusable)
        {
            log.Error($"{directory}: plots cannot be written there: {unusable}");
            return false;
        }

        output = new PlotOutput(directory, format, scale);
        return true;
    }

    /// <summary>Makes the directory, and says now, not after the captures are read, why it takes no files.</summary>
    private static string? WhyUnusable(string directory)
    {
        if (AuditOutput.NamesStandardOutput(directory))
            return "they are several files, which standard output cannot take";
        if (File.Exists(directory))
            return "it is a file, not a directory";
        try
        {
            Directory.CreateDirectory(directory);
            using var file = AtomicFile.TryOpen(Path.Combine(directory, "matrix--roles"), out var reason);
            return file is null ? reason : null;
        }
        catch (UnauthorizedAccessException)
        {
            return "no permission to write there";
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    /// <summary>Writes the plots. False, with a line in the log, when the disk does not take them.</summary>
    public bool Write(AuditRun run, DiagnosticLog log)
    {
        if (run.Report.Timelines.Length - PlotFiles.MaximumPairs is > 0 and var more)
            log.Warning($"{_directory}: {Quantity.Of(more, "pair")} of roles with the fewest flows get no plots of "
                + "their own");
        if (run.Report.Timelines.IsEmpty)
            log.Warning($"{_directory}: nothing to plot: no pair of roles talked");
        foreach (var plot in PlotFiles.Of(run, _format, _scale))
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
