namespace PortAudit.Tests;

/// <summary>Where the files that tests read lie.</summary>
internal static class Repository
{
    /// <summary>The folder that holds PortAudit.sln.</summary>
    public static string Root { get; } =
        FindAbove("PortAudit.sln") ?? throw new InvalidOperationException("the tests run outside the repository");

    /// <summary>Real captures that are not part of the repository, beside the checkout of those who have them; null in
    /// a user's checkout.</summary>
    public static string? Corpus { get; } = FindAbove(Path.Combine("shared", "corpus", "captures")) is { } folder
        ? Path.Combine(folder, "shared", "corpus", "captures")
        : null;

    /// <summary>Small captures with the right verdict, beside the checkout of those who have them; null in a user's
    /// checkout.</summary>
    public static string? Cases { get; } =
        FindAbove(Path.Combine("shared", "cases")) is { } folder ? Path.Combine(folder, "shared", "cases") : null;

    /// <summary>The texts that catalogs cite, beside the checkout of those who have them; null in a user's
    /// checkout.</summary>
    public static string? Seeds { get; } =
        FindAbove(Path.Combine("shared", "seeds")) is { } folder ? Path.Combine(folder, "shared", "seeds") : null;

    /// <summary>A path below the repository's root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The nearest folder, from that of the tests upwards, in which something lies.</summary>
    private static string? FindAbove(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, relativePath)))
                return folder.FullName;
        }

        return null;
    }
}
