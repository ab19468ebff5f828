using PortAudit.Live.Devices;
using PortAudit.Live.Doctor;
using PortAudit.Live.Host;
using PortAudit.Reports.Machine;

namespace PortAudit.Cli.Terminal;

/// <summary>Words for live capture. The library of live capture is loaded on first use of this class.</summary>
internal static class LiveWords
{
    /// <summary>A kind of problem as documents and scripts name it.</summary>
    public static string ToText(this LiveProblemKind kind) => kind switch
    {
        LiveProblemKind.LibraryMissing => "library-missing",
        LiveProblemKind.LibraryTooOld => "library-too-old",
        LiveProblemKind.NoSuchDevice => "no-such-device",
        LiveProblemKind.PermissionDenied => "permission-denied",
        LiveProblemKind.PromiscuousRefused => "promiscuous-refused",
        LiveProblemKind.DeviceDown => "device-down",
        LiveProblemKind.DeviceVanished => "device-vanished",
        LiveProblemKind.Filter => "filter",
        LiveProblemKind.NotSupported => "not-supported",
        LiveProblemKind.Library => "library",
    };

    public static string ToText(this DeviceConnection connection) => connection switch
    {
        DeviceConnection.Connected => "connected",
        DeviceConnection.Disconnected => "disconnected",
        DeviceConnection.NotApplicable => "not-applicable",
        DeviceConnection.Unknown => "unknown",
    };

    public static string ToText(this CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Warning => "warning",
        CheckState.Problem => "problem",
    };

    /// <summary>A problem as lines of a log: what is wrong with which interface and what to do; for a filter the
    /// position as well.</summary>
    public static IEnumerable<string> ToLines(LiveProblem problem)
    {
        yield return $"{(problem.Device.Length == 0 ? "" : $"{problem.Device}: ")}{problem.Text}; {problem.Remedy}";
        foreach (var line in problem.Filter?.ToLines() ?? [])
            yield return line;
    }

    public static MachineProblem? ToReport(this LiveProblem? problem) =>
        problem is null ? null : new MachineProblem(problem.Kind.ToText(), problem.Text, problem.Remedy);
}
