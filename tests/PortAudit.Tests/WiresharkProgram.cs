using System.Diagnostics;

namespace PortAudit.Tests;

/// <summary>Runs one of Wireshark's programs, which must like what it is given: no complaint, no other exit code than
/// 0.</summary>
internal static class WiresharkProgram
{
    /// <summary>What it prints.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program,
            arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // tshark remarks that it runs as root.
        var complaints = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("could be dangerous", StringComparison.Ordinal));
        Assert.Equal((0, ""), (process.ExitCode, string.Join('\n', complaints)));
        return output;
    }
}
