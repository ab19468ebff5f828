using PortAudit.Audit.Yaml;
using PortAudit.Reports.Writing;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace PortAudit.Cli.Terminal;

/// <summary>The one way to standard error for what is no result: one line each, <c>error: …</c>, <c>warning: …</c> or
/// <c>information: …</c>, and the progress of long work.</summary>
internal sealed class DiagnosticLog : IDisposable
{
    private readonly LoggingLevelSwitch _level = new(LogEventLevel.Warning);

    /// <summary>Made at the first line: most runs have nothing to say, and making it takes a tenth of the time of
    /// starting.</summary>
    private readonly Lazy<Logger> _logger;

    public DiagnosticLog(CommandEnvironment environment)
    {
        Progress = new ProgressLine(environment.Terminal);
        _logger = new Lazy<Logger>(() =>
        {
            var configuration = new LoggerConfiguration().MinimumLevel.ControlledBy(_level);
            environment.LogTo(configuration.WriteTo);
            return configuration.CreateLogger();
        });
    }

    /// <summary>How far long work has come, where standard error is a terminal.</summary>
    public ProgressLine Progress { get; }

    public bool IsVerbose => _level.MinimumLevel <= LogEventLevel.Information;

    public void BeQuiet()
    {
        _level.MinimumLevel = LogEventLevel.Error;
        Progress.BeQuiet();
    }

    public void BeVerbose() => _level.MinimumLevel = LogEventLevel.Information;

    /// <summary>Something kept the command from doing what was asked.</summary>
    public void Error(string line) => Write(LogEventLevel.Error, line);

    public void Warning(string line) => Write(LogEventLevel.Warning, line);

    public void Information(string line) => Write(LogEventLevel.Information, line);

    public void Write(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Error)
            Error(diagnostic.ToString());
        else
            Warning(diagnostic.ToString());
    }

    public void Dispose()
    {
        if (_logger.IsValueCreated)
            _logger.Value.Dispose();
    }

    private void Write(LogEventLevel level, string line)
    {
        if (level >= _level.MinimumLevel)
            Progress.Aside(() => _logger.Value.Write(level, "{Line}", VisibleText.Escape(line)));
    }
}
