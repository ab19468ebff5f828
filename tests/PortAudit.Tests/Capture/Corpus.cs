using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Real captures that are not part of the repository.</summary>
internal static class Corpus
{
    private static readonly string[] RefusedFormats = ["gzip", "snoop"];

    /// <summary>The folder of captures, null where there is none.</summary>
    public static string? Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Names of all captures, in ordinal order.</summary>
    public static TheoryData<string> Captures => [.. Files()];

    public static string PathOf(string name) => Path.Combine(Folder!, name);

    /// <summary>Opens a capture; null when it is of a format that is refused by name, or one that tshark cannot read a frame of either.</summary>
    public static ICaptureSource? Open(string name, Tshark expected)
    {
        try
        {
            return CaptureFile.Open(PathOf(name));
        }
        catch (CaptureFormatException refusal)
        {
            if (!RefusedFormats.Any(format => refusal.Reason.Contains(format, StringComparison.Ordinal)))
                Assert.Empty(expected.Frames);
            return null;
        }
    }

    private static IEnumerable<string> Files() =>
        Folder is null ? [] : Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string? Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            var captures = Path.Combine(folder.FullName, "shared", "corpus", "captures");
            if (Directory.Exists(captures))
                return captures;
        }

        return null;
    }
}
