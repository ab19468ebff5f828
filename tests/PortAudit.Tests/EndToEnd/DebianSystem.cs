namespace PortAudit.Tests.EndToEnd;

/// <summary>A clean Debian system that <c>tools/packaging/try-debian</c> makes and throws away.</summary>
internal static class DebianSystem
{
    private const int Forbidden = 3;

    /// <summary>Path of the script.</summary>
    public static string Trial { get; } = Repository.PathOf("tools", "packaging", "try-debian");

    private static readonly Lazy<(int ExitCode, string Output, string Error)> Question =
        new(() => PublishedProgram.Run(Repository.Root, [Trial, "--possible"]));

    /// <summary>Why this machine cannot make one; null when it can. A right that the system does not grant,
    /// and a mirror that the network does not reach, are reasons under CI, too; a program that is missing is none
    /// there.</summary>
    public static string? WhyNot(bool isCi)
    {
        if (!OperatingSystem.IsLinux())
            return "Debian packages are made on Linux";
        var (code, _, error) = Question.Value;
        return code == Forbidden || (code != 0 && !isCi) ? error.Trim() : null;
    }
}
