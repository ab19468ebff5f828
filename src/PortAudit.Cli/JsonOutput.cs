using PortAudit.Reports;
using PortAudit.Reports.Json;

namespace PortAudit.Cli;

/// <summary>Where <c>--json</c> goes: a file that appears whole or not at all, or standard output.</summary>
internal sealed class JsonOutput : IDisposable
{
    private readonly string _path;
    private readonly AtomicFile? _file;
    private readonly TextWriter _standardOutput;

    private JsonOutput(string path, AtomicFile? file, TextWriter standardOutput) => (_path, _file, _standardOutput) = (path, file, standardOutput);

    /// <summary>True when JSON takes the place of the text.</summary>
    public bool IsStandardOutput => _file is null;

    /// <summary>Opens the output before anything is read, so that a wrong path costs no time.</summary>
    /// <param name="path">The option's value; null without it.</param>
    /// <param name="environment">Gives standard output.</param>
    /// <param name="log">Told why it cannot be written.</param>
    /// <param name="isWritable">False when it cannot be written.</param>
    /// <returns>Null when no JSON is asked for or it cannot be written.</returns>
    public static JsonOutput? TryOpen(string? path, CommandEnvironment environment, DiagnosticLog log, out bool isWritable)
    {
        isWritable = true;
        if (path is null)
            return null;
        if (path is "-" or "/dev/stdout")
            return new JsonOutput(path, null, environment.Output);
        if (AtomicFile.TryOpen(path, out var reason) is { } file)
            return new JsonOutput(path, file, environment.Output);

        log.Error($"{path}: cannot be written: {reason}");
        isWritable = false;
        return null;
    }

    /// <summary>Writes the report. False, with a line in the log, when the disk does not take it.</summary>
    public bool Write(AuditRun run, DiagnosticLog log)
    {
        try
        {
            if (_file is null)
            {
                AuditJson.Write(run, _standardOutput);
                return true;
            }

            AuditJson.Write(run, _file.Writer);
            _file.Commit();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Error($"{_path}: cannot be written: {exception.Message}");
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();
}
