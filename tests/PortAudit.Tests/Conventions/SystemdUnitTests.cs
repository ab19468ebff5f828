using System.Diagnostics;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Conventions;

/// <summary>The unit of systemd that the documentation offers.</summary>
public sealed class SystemdUnitTests
{
    private const string Program = "/opt/portaudit/portaudit";

    private static readonly string Unit = File.ReadAllText(Repository.PathOf("docs/systemd/portaudit-watch@.service"));

    [NeedsFact(Part.Systemd)]
    public void Systemd_has_nothing_to_say_against_it()
    {
        Assert.Contains($"ExecStart={Program} watch -i %i ", Unit, StringComparison.Ordinal);
        Assert.Equal((0, ""), Verify(Unit));
        Assert.NotEqual((0, ""),
            Verify(Unit.Replace("RestrictRealtime=", "RestrictRealtimes=", StringComparison.Ordinal)));
    }

    /// <summary>Lets systemd-analyze read the unit as an instance, with a program that is there.</summary>
    private static (int ExitCode, string Complaints) Verify(string unit)
    {
        using var folder = new TemporaryDirectory();
        var path = folder["portaudit-watch@eth1.service"];
        File.WriteAllText(path, unit.Replace(Program, "/bin/true", StringComparison.Ordinal));
        using var process =
            Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", path]) { RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, complaints);
    }
}
