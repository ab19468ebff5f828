using System.CommandLine;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Live.Devices;
using PortAudit.Live.Doctor;
using PortAudit.Live.Pcap;
using PortAudit.Reports.Machine;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit interfaces</c>: the interfaces of this machine, and which of them can be captured.</summary>
internal sealed class InterfacesCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => InterfaceFormat.All[0].Name
    };

    public Command Build()
    {
        _format.AcceptWords([.. InterfaceFormat.All.Select(format => format.Name)]);
        var command = new Command(
            "interfaces",
            "Lists the interfaces of this machine: addresses, link types, state, and whether they can be captured now. "
                + "Each is opened for a moment to know that. " +
            "Example: 'portaudit interfaces --format json'. " +
            "Exit codes: 0, 2 usage, 4 no interface can be captured, 70 internal error.") { _format };
        command.SetAction(parsed => (int)Execute(parsed.GetValue(_format)!));
        return command;
    }

    private ExitCode Execute(string formatName)
    {
        var listing = List();
        var format = InterfaceFormat.All.Single(row => row.Name == formatName);
        format.Write(listing, environment.Output, environment.OutputIsTerminal ? environment.Width : null);
        if (listing.CanCapture)
            return ExitCode.Success;
        var (text, remedy) = listing.Problem is { } problem
            ? (problem.Text, problem.Remedy)
            : ("no interface can be captured", "'portaudit doctor' says why");
        log.Error($"{text}; {remedy}");
        return ExitCode.CaptureDevice;
    }

    private static InterfaceListing List()
    {
        _ = DeviceList.TryRead(out var devices, out var problem);
        return new InterfaceListing(LiveLibrary.Version, [.. devices.Select(RowOf)], problem.ToReport());
    }

    private static InterfaceRow RowOf(CaptureDevice device)
    {
        var access = DeviceAccess.Of(device.Name);
        return new InterfaceRow(device.Name, device.Description, device.Addresses, access.LinkTypes,
            device.Connection.ToText(), access.Problem.ToReport())
        {
            IsUp = device.IsUp,
            IsRunning = device.IsRunning,
            IsLoopback = device.IsLoopback,
            IsWireless = device.IsWireless,
            WasTried = access.WasTried,
        };
    }
}
