using System.Globalization;
using System.Text;
using System.Text.Json;
using PortAudit.Cli;
using PortAudit.Cli.Terminal;
using Serilog.Core;
using Serilog.Events;

namespace PortAudit.Mutants;

/// <summary>One run of the whole program within this process, and what is wrong with it.</summary>
/// <param name="ExitCode">Its exit code; -1 when an exception left it.</param>
/// <param name="Elapsed">Processor time that it took: what else runs on the machine says nothing of the
/// program.</param>
/// <param name="PeakBytes">The highest resident memory of this process during the run, 0 where the system does not
/// say.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, diagnostics among it.</param>
/// <param name="Complaint">What is wrong; null when nothing is.</param>
internal sealed record ProgramRun(int ExitCode, TimeSpan Elapsed, long PeakBytes, string Output, string Error,
    string? Complaint)
{
    /// <summary>How much processor time a run may take.</summary>
    public static readonly TimeSpan MaximumElapsed = TimeSpan.FromSeconds(5);

    /// <summary>How much memory the process may hold, in bytes.</summary>
    public const long MaximumPeakBytes = 300L * 1024 * 1024;

    /// <summary>Runs a command line; the last argument is the capture.</summary>
    public static ProgramRun Of(params string[] args)
    {
        using var bytes = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        ResidentPeak.Reset();
        var before = Environment.CpuUsage.TotalTime;
        var (code, thrown) = Run(args, bytes, error);
        var elapsed = Environment.CpuUsage.TotalTime - before;
        var peak = ResidentPeak.Read();
        var output = Encoding.UTF8.GetString(bytes.ToArray());
        var complaint = thrown ?? ComplaintOf(code, output, error.ToString()) ?? ComplaintOf(elapsed, peak);
        return new(code, elapsed, peak, output, error.ToString(), complaint);
    }

    private static (int Code, string? Thrown) Run(string[] args, MemoryStream bytes, StringWriter error)
    {
        using var output =
            new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        try
        {
            var code = PortAuditCommand.Run(args, new CommandEnvironment
            {
                Output = output,
                OutputBytes = bytes,
                Error = error,
                Input = () => Stream.Null,
                LogTo = sinks => sinks.Sink(new ErrorLines(error)),
            });
            return (code, null);
        }
        catch (Exception exception)
        {
            return (-1, exception.ToString());
        }
    }

    private static string? ComplaintOf(int code, string output, string error)
    {
        if (code is not ((int)PortAudit.Cli.Terminal.ExitCode.Success or (int)PortAudit.Cli.Terminal.ExitCode.Findings
            or (int)PortAudit.Cli.Terminal.ExitCode.Input))
            return string.Create(CultureInfo.InvariantCulture, $"exit code {code}: {error}");
        if (code == (int)PortAudit.Cli.Terminal.ExitCode.Input && error.Length == 0)
            return "exit code 3 without a word";
        if (error.Contains("   at ", StringComparison.Ordinal))
            return $"a stack trace: {error}";
        return output.StartsWith('{') ? ComplaintOfJson(output) : null;
    }

    private static string? ComplaintOf(TimeSpan elapsed, long peak)
    {
        if (elapsed > MaximumElapsed)
            return string.Create(CultureInfo.InvariantCulture, $"took {elapsed.TotalSeconds:F1} s");
        return peak > MaximumPeakBytes ? string.Create(CultureInfo.InvariantCulture, $"held {peak >> 20} MiB") : null;
    }

    private static string? ComplaintOfJson(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return null;
        }
        catch (JsonException exception)
        {
            return $"no JSON: {exception.Message}";
        }
    }

    private sealed class ErrorLines(TextWriter writer) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => writer.WriteLine(logEvent.RenderMessage(CultureInfo.InvariantCulture));
    }
}
