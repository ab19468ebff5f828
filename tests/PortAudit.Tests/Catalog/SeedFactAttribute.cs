namespace PortAudit.Tests.Catalog;

/// <summary>A fact about the documents that catalogs cite; skipped where their texts, which are not part of the repository, are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SeedFactAttribute : FactAttribute
{
    /// <summary>The folder with the texts, beside a checkout or one level above it; null when there is none.</summary>
    public static readonly string? Folder = Find();

    public SeedFactAttribute()
    {
        if (Folder is null)
            Skip = "the texts of the documents are not here (../shared/seeds)";
    }

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared", "seeds");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
