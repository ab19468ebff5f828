using System.Runtime.InteropServices;
using PortAudit.Cli;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Writing;

using var interrupt = new CancellationTokenSource();
CommandEnvironment environment;
try
{
    environment = CommandEnvironment.OfProcess(interrupt.Token);
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
{
    Console.Error.WriteLine(
        $"error: {StandardOutput.Name} cannot be used, as when it is closed: {VisibleText.Escape(exception.Message)}");
    return (int)ExitCode.Usage;
}

Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl-C ends the reading and lets the report be completed; the second is left to the system, which ends
    // the process.
    press.Cancel = !interrupt.IsCancellationRequested;
    if (!press.Cancel)
        environment.Terminal?.Wipe();
    interrupt.Cancel();
};

// What stops a service asks in the same manner.
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
});

try
{
    return PortAuditCommand.Run(args, environment);
}
catch (Exception exception)
{
    Console.Error.WriteLine($"error: internal error, please report it with the command line: "
        + $"{exception.GetType().Name}: {VisibleText.Escape(exception.Message)}");
    return (int)ExitCode.InternalError;
}
