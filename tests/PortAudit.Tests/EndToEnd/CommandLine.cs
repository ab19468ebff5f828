using System.Globalization;
using PortAudit.Cli;
using Serilog.Core;
using Serilog.Events;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Runs a command line of <c>portaudit</c> in this process, from the repository's root.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">The lines it wrote to standard error.</param>
internal sealed record CommandLine(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    /// <summary>Runs it with arguments as a shell would hand them over.</summary>
    public static CommandLine Run(params string[] arguments) => Run(Stream.Null, arguments);

    /// <summary>Runs it with standard input.</summary>
    public static CommandLine Run(Stream input, params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var help = new StringWriter(CultureInfo.InvariantCulture);
        var lines = new LineSink();
        var code = PortAuditCommand.Run(arguments, new CommandEnvironment
        {
            Output = output,
            Error = help,
            Input = () => input,
            LogTo = sinks => sinks.Sink(lines),
        });
        return new CommandLine(code, output.ToString(), [.. lines.Lines, .. help.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private sealed class LineSink : ILogEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent) => Lines.Add($"{logEvent.Level.ToString().ToLowerInvariant()}: {logEvent.RenderMessage(CultureInfo.InvariantCulture).Trim('"')}");
    }
}
