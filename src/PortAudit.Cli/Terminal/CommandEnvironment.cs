using System.Globalization;
using System.Text;
using Serilog;
using Serilog.Configuration;
using Serilog.Events;
using Serilog.Sinks.SystemConsole.Themes;

namespace PortAudit.Cli.Terminal;

/// <summary>What a command may touch of the process around it, so that a test can run it in its own.</summary>
internal sealed record CommandEnvironment
{
    /// <summary>Width of text that does not go to a terminal, in columns; the variable <c>COLUMNS</c> overrides
    /// it.</summary>
    public const int PipedWidth = 100;

    private const string TerminalVariable = "TERM";

    private const string LineTemplate = "{Level:w}: {Message:lj}{NewLine}";

    public required TextWriter Output { get; init; }

    /// <summary>Standard output for what is bytes already, long lists of flows; <see cref="Output"/> is flushed before
    /// it is written to.</summary>
    public required Stream OutputBytes { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input; called at most once.</summary>
    public required Func<Stream> Input { get; init; }

    public required Action<LoggerSinkConfiguration> LogTo { get; init; }

    public bool OutputIsTerminal { get; init; }

    /// <summary>The terminal that shows progress; null when standard error is none.</summary>
    public ProgressTerminal? Terminal { get; init; }

    public int Width { get; init; } = PipedWidth;

    /// <summary>True when the environment asks for no colour (no-color.org, or a dumb terminal).</summary>
    public bool NoColor { get; init; }

    public CancellationToken Interrupt { get; init; }

    /// <summary>Whether text on standard output is coloured.</summary>
    /// <param name="when">The word of <c>--color</c>: always, never, or auto.</param>
    public bool WantsColor(string when) => when switch
    {
        "always" => true,
        "never" => false,
        _ => OutputIsTerminal && !NoColor,
    };

    public static CommandEnvironment OfProcess(CancellationToken interrupt) =>
        OfProcess(new StandardOutput(Console.OpenStandardOutput()), interrupt);

    private static CommandEnvironment OfProcess(Stream output, CancellationToken interrupt)
    {
        var isDumb = Environment.GetEnvironmentVariable(TerminalVariable) == "dumb";

        // The framework switches the keypad of a terminal that it knows to another mode, and resets its colours.
        // Nothing here reads keys or sets colours by way of it, and a text comes without escapes: it is told of no
        // terminal.
        Environment.SetEnvironmentVariable(TerminalVariable, null);
        return OfProcess(output, isDumb, interrupt);
    }

    private static CommandEnvironment OfProcess(Stream output, bool isDumb, CancellationToken interrupt) => new()
    {
        Output = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)),
        OutputBytes = output,
        Error = Console.Error,
        Input = Console.OpenStandardInput,
        LogTo = sinks => sinks.Console(
            outputTemplate: LineTemplate,
            formatProvider: CultureInfo.InvariantCulture,
            standardErrorFromLevel: LogEventLevel.Verbose,
            theme: ConsoleTheme.None),
        OutputIsTerminal = !Console.IsOutputRedirected,
        Terminal = isDumb ? null : ProgressTerminal.OfProcess(),
        Width = ProcessWidth(),
        NoColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || isDumb,
        Interrupt = interrupt,
    };

    private static int ProcessWidth()
    {
        if (!Console.IsOutputRedirected && Console.WindowWidth > 0)
            return Console.WindowWidth;
        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var columns) && columns > 0
            ? columns
            : PipedWidth;
    }
}
