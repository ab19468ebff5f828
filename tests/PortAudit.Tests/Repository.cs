namespace PortAudit.Tests;

/// <summary>Where the files that tests read lie.</summary>
internal static class Repository
{
    /// <summary>The folder that holds PortAudit.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Real captures with tshark's truth, beside the checkout where the developers have them; a user's checkout has none.</summary>
    public static string Corpus { get; } = Path.Combine(Root, "..", "shared", "corpus");

    /// <summary>A path below the repository's root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PortAudit.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        return folder;
    }
}
