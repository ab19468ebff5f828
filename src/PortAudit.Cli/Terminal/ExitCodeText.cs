using System.Collections.Immutable;

namespace PortAudit.Cli.Terminal;

/// <summary>What exit codes mean, for manual page and help.</summary>
internal static class ExitCodeText
{
    /// <summary>Which code counts where several apply.</summary>
    public const string Precedence = "If several apply, the first of 130, 2, 4, 3, 1 counts.";

    /// <summary>The codes, ascending.</summary>
    public static readonly ImmutableArray<(ExitCode Code, string Meaning)> All =
    [
        (ExitCode.Success, "No finding at or above --fail-on."),
        (ExitCode.Findings, "Findings."),
        (ExitCode.Usage, "Wrong usage, catalog or site file, or an output that cannot be written."),
        (ExitCode.Input, "A capture is missing, unreadable, of an unknown format, or cut. The rest was read."),
        (ExitCode.CaptureDevice, "No permission to capture, no such interface, or no capture library."),
        (ExitCode.InternalError, "Internal error: a bug in PortAudit."),
        (ExitCode.Interrupted, "Interrupted. Reports are still written."),
    ];
}
