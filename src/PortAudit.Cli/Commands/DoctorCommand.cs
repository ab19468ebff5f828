using System.CommandLine;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Live.Doctor;
using PortAudit.Reports.Machine;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit doctor</c>: whether and how well this machine can capture, and what to do where it
/// cannot.</summary>
internal sealed class DoctorCommand(CommandEnvironment environment)
{
    private readonly Option<string> _directory = new("--directory")
    {
        Description = "Where captures would be written; its free space is reported.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => MachineReportFormat.All[0].Name
    };

    public Command Build()
    {
        _format.AcceptWords([.. MachineReportFormat.All.Select(format => format.Name)]);
        var command = new Command(
            "doctor",
            "Checks whether this machine can capture: library, rights, program, interfaces, offloads, clock, disk, "
                + "runtime, system. Only live capture needs any of it. " +
            "Example: 'portaudit doctor --format json'. " +
            "Exit codes: 0, 2 usage, 4 it cannot capture, 70 internal error.") { _directory, _format };
        command.SetAction(parsed => (int)Execute(parsed.GetValue(_directory)!, parsed.GetValue(_format)!));
        return command;
    }

    private ExitCode Execute(string directory, string formatName)
    {
        var checks = MachineCheck.Run(directory);
        var worst = checks.Max(check => check.State);
        var report = new MachineReport(
            ProgramVersion.Text, worst.ToText(), [.. checks.Select(check =>
                new MachineFinding(check.Name, check.State.ToText(), check.Text, check.Remedy))]);
        var format = MachineReportFormat.All.Single(row => row.Name == formatName);
        format.Write(report, environment.Output, environment.OutputIsTerminal ? environment.Width : null);
        return worst == CheckState.Problem ? ExitCode.CaptureDevice : ExitCode.Success;
    }
}
