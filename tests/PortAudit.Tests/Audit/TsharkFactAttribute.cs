namespace PortAudit.Tests.Audit;

/// <summary>A fact that asks tshark about a capture of the corpus; skipped, with the reason, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TsharkFactAttribute : FactAttribute
{
    private const string Tshark = "/usr/bin/tshark";

    public TsharkFactAttribute()
    {
        if (Corpus is null)
            Skip = "There is no folder shared/corpus/captures beside the repository or above it.";
        else if (!File.Exists(Tshark))
            Skip = $"{Tshark} is not installed.";
    }

    /// <summary>The captures; null when the folder is missing.</summary>
    public static string? Corpus { get; } = FindCorpus();

    /// <summary>Lines that tshark writes.</summary>
    public static string[] Run(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Tshark, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? FindCorpus()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var captures = Path.Combine(folder.FullName, "shared", "corpus", "captures");
            if (Directory.Exists(captures))
                return captures;
        }

        return null;
    }
}
