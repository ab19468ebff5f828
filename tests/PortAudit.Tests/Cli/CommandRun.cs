using System.Globalization;
using System.Text;
using PortAudit.Cli;
using PortAudit.Cli.Terminal;
using Serilog.Core;
using Serilog.Events;

namespace PortAudit.Tests.Cli;

/// <summary>A command line run in this process, with what it wrote.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, diagnostics among it.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of <see cref="Error"/>.</summary>
    public IReadOnlyList<string> Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line without terminal and input.</summary>
    public static CommandRun Of(params string[] args) => Of(Stream.Null, args);

    /// <summary>Runs a command line with standard input.</summary>
    public static CommandRun Of(Stream input, params string[] args)
    {
        using var bytes = new MemoryStream();
        using var output = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = PortAuditCommand.Run(args, new CommandEnvironment
        {
            Output = output,
            OutputBytes = bytes,
            Error = error,
            Input = () => input,
            LogTo = sinks => sinks.Sink(new LineSink(error)),
        });
        return new CommandRun(code, Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }

    private sealed class LineSink(TextWriter writer) : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            var line = (ScalarValue)logEvent.Properties["Line"];
            writer.Write($"{logEvent.Level.ToString().ToLowerInvariant()}: {line.Value}\n");
        }
    }
}
