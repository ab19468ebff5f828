namespace PortAudit.Tests;

/// <summary>
/// Compares what was made with a file that somebody read. With PORTAUDIT_REFRESH_GOLDENS set the file is written
/// instead (<c>tools/refresh-goldens</c>), and its diff is to be read before it is committed.
/// </summary>
internal static class Golden
{
    /// <summary>Asserts that <paramref name="actual"/> is the content of a file below tests/PortAudit.Tests.</summary>
    public static void Equal(string relativePath, string actual)
    {
        var path = Repository.PathOf("tests", "PortAudit.Tests", relativePath);
        if (Environment.GetEnvironmentVariable("PORTAUDIT_REFRESH_GOLDENS") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{relativePath} is missing: run tools/refresh-goldens and read what it writes");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
