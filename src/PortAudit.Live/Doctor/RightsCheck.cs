using PortAudit.Live.Host;

namespace PortAudit.Live.Doctor;

/// <summary>Judges whether the process may capture, and where that right comes from or could be put.</summary>
internal static class RightsCheck
{
    public static CheckResult OfProcess(ProcessRights rights, ProgramStart start)
    {
        if (rights.Effective is not { } effective)
        {
            return rights.IsPrivileged
                ? new CheckResult("rights", CheckState.Ok, "the process has the administrator's rights")
                : new CheckResult("rights", CheckState.Warning,
                    "the process has no administrator rights; the interfaces show whether it may capture",
                    RightsRemedy.Of(start));
        }

        var who = rights.IsPrivileged ? "root" : "not root";
        var ambient = rights.Ambient is { HasNetRaw: true } ? ", ambient" : "";
        return effective.HasNetRaw
            ? new CheckResult("rights", CheckState.Ok, $"{who}, with {effective} in effect{ambient}")
            : new CheckResult("rights", CheckState.Problem, $"{who}, with {effective} in effect",
                RightsRemedy.OfLinux(start));
    }

    /// <summary>How the program was started, and what its file brings.</summary>
    public static CheckResult OfProgram(ProcessRights rights, ProgramStart start, FileCapabilities? file)
    {
        var path = start.Executable.Length == 0 ? "an unknown file" : start.Executable;
        if (start.IsSharedHost)
        {
            var text = $"runs through {path}, where setcap is of no use: it would serve every .NET program";
            return rights.Effective is { HasNetRaw: false }
                ? new CheckResult("program", CheckState.Warning, text,
                    "publish it (dotnet publish) and use setcap on the program")
                : new CheckResult("program", CheckState.Ok, text);
        }

        if (file is null)
            return new CheckResult("program", CheckState.Ok, $"{path}, whose file gives no capabilities");
        return file is { IsEffective: true, Permitted.HasNetRaw: true }
            ? new CheckResult("program", CheckState.Ok, $"{path}, whose file gives {file.Permitted}")
            : new CheckResult("program", CheckState.Warning,
                $"{path}, whose file gives {file.Permitted}{(file.IsEffective ? "" : ", not in effect")}",
                RightsRemedy.SetCapabilities(path));
    }
}
