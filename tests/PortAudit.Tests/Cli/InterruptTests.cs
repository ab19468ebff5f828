using System.IO.Pipes;
using PortAudit.Cli;
using PortAudit.Cli.Terminal;
using PortAudit.Tests.EndToEnd;
using Serilog;
using Serilog.Configuration;

namespace PortAudit.Tests.Cli;

/// <summary>Ctrl-C ends the reading, and the report of what was read is written.</summary>
public sealed class InterruptTests
{
    [Fact]
    public void A_pipe_whose_writer_falls_silent_is_left_and_what_it_held_is_judged()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        using var interrupt = new CancellationTokenSource();
        var feeding = Task.Run(() =>
        {
            writer.Write(File.ReadAllBytes(LyncEdge.Outside));
            writer.Flush();
            // Nothing more comes, and the pipe stays open.
            interrupt.CancelAfter(TimeSpan.FromSeconds(1));
        });
        using var output = new StringWriter();
        var code = PortAuditCommand.Run(["audit", "-", "--site", LyncEdge.Site],
            Environment(reader, output, interrupt.Token));

        // Ends the read that was left behind, which would keep the pipe from being closed.
        writer.Dispose();

        Assert.Equal(130, code);
        Assert.Contains("lync.webconf-edge.psom-in", output.ToString(), StringComparison.Ordinal);
        Assert.True(feeding.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_reading_that_was_interrupted_before_it_began_says_so()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        using var output = new StringWriter();
        var code = PortAuditCommand.Run(["audit", LyncEdge.Outside, "--site", LyncEdge.Site],
            Environment(Stream.Null, output, interrupt.Token));

        Assert.Equal(130, code);
        Assert.Contains("reading was interrupted", output.ToString(), StringComparison.Ordinal);
    }

    private static CommandEnvironment Environment(Stream input, TextWriter output, CancellationToken interrupt) => new()
    {
        Output = output,
        OutputBytes = Stream.Null,
        Error = TextWriter.Null,
        Input = () => input,
        LogTo = (LoggerSinkConfiguration sinks) => sinks.Logger(new LoggerConfiguration().CreateLogger()),
        Interrupt = interrupt,
    };
}
