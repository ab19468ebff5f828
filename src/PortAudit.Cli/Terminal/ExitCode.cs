using System.Collections.Immutable;

namespace PortAudit.Cli.Terminal;

/// <summary>Exit codes of the process (design §6).</summary>
internal enum ExitCode
{
    /// <summary>Nothing at or above <c>--fail-on</c>.</summary>
    Success = 0,

    /// <summary>Findings at or above <c>--fail-on</c>.</summary>
    Findings = 1,

    /// <summary>Usage, catalog or site error, or an output that cannot be written.</summary>
    Usage = 2,

    /// <summary>An input was missing, unreadable, empty of bytes, of an unknown format or link type, or cut.</summary>
    Input = 3,

    /// <summary>No permission to capture, or no such device.</summary>
    CaptureDevice = 4,

    /// <summary>A defect of this program (<c>EX_SOFTWARE</c> of sysexits.h). It stands alone: nothing else is known
    /// then.</summary>
    InternalError = 70,

    /// <summary>Interrupted by the user; the report is about what was read.</summary>
    Interrupted = 130,
}

/// <summary>Precedence of exit codes.</summary>
internal static class ExitCodePrecedence
{
    /// <summary>Gravest first: 70 &gt; 130 &gt; 2 &gt; 4 &gt; 3 &gt; 1 &gt; 0.</summary>
    private static readonly ImmutableArray<ExitCode> Gravest =
    [
        ExitCode.InternalError, ExitCode.Interrupted, ExitCode.Usage, ExitCode.CaptureDevice, ExitCode.Input,
        ExitCode.Findings, ExitCode.Success,
    ];

    public static ExitCode And(this ExitCode one, ExitCode other) =>
        Gravest.IndexOf(one) <= Gravest.IndexOf(other) ? one : other;
}
