using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Output;

/// <summary>An output of a run: a file that appears whole or not at all, or standard output.</summary>
internal sealed class AuditOutput : IDisposable
{
    /// <summary>What names standard output.</summary>
    public const string StandardOutput = "-";

    private readonly string _path;
    private readonly AtomicFile? _file;
    private readonly CommandEnvironment _environment;

    private AuditOutput(string path, AtomicFile? file, CommandEnvironment environment) =>
        (_path, _file, _environment) = (path, file, environment);

    public bool IsStandardOutput => _file is null;

    public static bool NamesStandardOutput(string path) => path is StandardOutput or "/dev/stdout";

    /// <summary>Opens the output before anything is read, so that a wrong path costs no time.</summary>
    /// <returns>Null, with a line in the log, when it cannot be written.</returns>
    public static AuditOutput? TryOpen(string path, CommandEnvironment environment, DiagnosticLog log)
    {
        if (NamesStandardOutput(path))
            return new AuditOutput(path, null, environment);
        if (AtomicFile.TryOpen(path, out var reason) is { } file)
            return new AuditOutput(path, file, environment);

        log.Error($"{path}: cannot be written: {reason}");
        return null;
    }

    /// <summary>Writes text. False, with a line in the log, when the disk does not take it.</summary>
    public bool WriteText(Action<TextWriter> write, DiagnosticLog log) =>
        TryWrite(() => write(_file?.Writer ?? _environment.Output), log);

    /// <summary>Writes bytes. False, with a line in the log, when the disk does not take them.</summary>
    public bool WriteBytes(Action<Stream> write, DiagnosticLog log) => TryWrite(
        () =>
        {
            _environment.Output.Flush();
            write(_file?.Stream ?? _environment.OutputBytes);
        },
        log);

    public void Dispose() => _file?.Dispose();

    private bool TryWrite(Action write, DiagnosticLog log)
    {
        try
        {
            write();
            _file?.Commit();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Error($"{_path}: cannot be written: {exception.Message}");
            return false;
        }
    }
}
