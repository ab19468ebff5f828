using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Real captures that are not part of the repository.</summary>
internal static class Corpus
{
    /// <summary>Names of all captures, in ordinal order.</summary>
    public static TheoryData<string> Captures => [.. Files()];

    public static string PathOf(string name) => Path.Combine(Repository.Corpus!, name);

    /// <summary>Opens a capture; null when it is one that tshark cannot read a frame of either.</summary>
    public static ICaptureSource? Open(string name, TsharkReading expected)
    {
        try
        {
            return CaptureFile.Open(PathOf(name));
        }
        catch (CaptureFormatException)
        {
            Assert.Empty(expected.Frames);
            return null;
        }
    }

    private static IEnumerable<string> Files() =>
        Repository.Corpus is null ? [] : Directory.EnumerateFiles(Repository.Corpus)
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
