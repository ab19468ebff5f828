using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PortAudit.Live.Devices;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;

namespace PortAudit.Live.Doctor;

/// <summary>Checks whether and how well this machine can capture: facts from the system on one side, what they mean on
/// the other.</summary>
public static class MachineCheck
{
    /// <summary>Less free disk than this is worth a warning: a ring of captures on a busy link fills it in
    /// seconds.</summary>
    internal const long LowDiskBytes = 1_000_000_000;

    /// <summary>Makes every check, in the order in which one depends on another.</summary>
    /// <param name="directory">Where captures would be written.</param>
    public static ImmutableArray<CheckResult> Run(string directory)
    {
        var rights = ProcessRights.OfProcess();
        var start = ProgramStart.OfProcess();
        ImmutableArray<CheckResult> found = [OfLibrary(LiveLibrary.Problem, LiveLibrary.Version),
            RightsCheck.OfProcess(rights, start),
            RightsCheck.OfProgram(rights, start, FileCapabilities.OfFile(start.Executable))];
        _ = DeviceList.TryRead(out var devices, out var unlisted);
        return
        [
            .. found,
            InterfaceCheck.OfAccess([.. devices.Select(device =>
                new CheckedDevice(device, DeviceAccess.Of(device.Name)))], unlisted),
            InterfaceCheck.OfOffloads([.. devices.Where(MayOffload)
                .Select(device => (device.Name, Offloads.Of(device.Name)))]),
            OfClock(ClockState.IsSynchronised()),
            OfDisk(directory, FreeBytes(directory)),
            new CheckResult("runtime", CheckState.Ok,
                $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}"),
            new CheckResult("system", CheckState.Ok,
                $"{RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}"),
        ];
    }

    internal static CheckResult OfLibrary(LiveProblem? problem, string version) => problem is null
        ? new CheckResult("library", CheckState.Ok, version)
        : new CheckResult("library", CheckState.Problem, problem.Text, problem.Remedy);

    internal static CheckResult OfClock(bool? isSynchronised) => isSynchronised switch
    {
        true => new CheckResult("clock", CheckState.Ok, "synchronised"),
        false => new CheckResult(
            "clock", CheckState.Warning,
            "not synchronised: times in reports, and expiries of exceptions, are only as right as this clock",
            "run chrony, ntpd or systemd-timesyncd"),
        null => new CheckResult("clock", CheckState.Ok, "whether it is synchronised is not known here"),
    };

    internal static CheckResult OfDisk(string directory, long? free) => free switch
    {
        null => new CheckResult("disk", CheckState.Warning, $"how much is free in {directory} is not known",
            "name a directory that exists: --directory DIR"),
        < LowDiskBytes => new CheckResult("disk", CheckState.Warning, $"{Gigabytes(free.Value)} free in {directory}",
            "a ring of captures wants more: free some, or name another directory"),
        _ => new CheckResult("disk", CheckState.Ok, $"{Gigabytes(free.Value)} free in {directory}"),
    };

    private static bool MayOffload(CaptureDevice device) =>
        device is { IsUp: true, IsLoopback: false } && InterfaceName.IsInterface(device.Name);

    private static long? FreeBytes(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
