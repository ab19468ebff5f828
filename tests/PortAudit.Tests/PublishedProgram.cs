using System.Diagnostics;
using PortAudit.Cli;

namespace PortAudit.Tests;

/// <summary>
/// The program as users have it, compiled to machine code. <c>tools/test</c> publishes it and says where it is;
/// processes that a test starts are of it then, and of what was built for the tests otherwise.
/// </summary>
internal static class PublishedProgram
{
    private const string Variable = "PORTAUDIT_PROGRAM";

    /// <summary>Its path; null when it was not published.</summary>
    public static string? Path { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <summary>Words that a command line begins with that runs what was built for the tests.</summary>
    public static IReadOnlyList<string> Built => ["dotnet", typeof(PortAuditCommand).Assembly.Location];

    /// <summary>Words that a command line begins with: of this program, or where it was not published of
    /// <see cref="Built"/>.</summary>
    public static IReadOnlyList<string> Words { get; } = Path is null ? Built : [Path];

    /// <summary>The same for a shell.</summary>
    public static string ShellWords { get; } = string.Join(' ', Words.Select(word => $"'{word}'"));

    /// <summary>Runs a command line in a folder, without terminal and input.</summary>
    public static (int ExitCode, string Output, string Error) Run(string folder, IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
