namespace PortAudit.Cli.Input;

/// <summary>The final target of a path, with all links of files and directories resolved.</summary>
internal static class FinalPath
{
    /// <summary>Links that are followed at most; Linux follows as many (path_resolution(7)).</summary>
    private const int MaximumLinks = 40;

    /// <summary>The full path without links; it need not exist. For circular links the full path itself, which cannot
    /// be opened.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var at = Path.GetPathRoot(full)!;
        var rest = new Stack<string>();
        Push(full);
        var links = 0;
        while (rest.TryPop(out var segment))
        {
            var next = Path.GetFullPath(Path.Combine(at, segment));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MaximumLinks)
                return full;
            // What is not rooted begins where the link lies.
            at = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : at;
            Push(target);
        }

        return at;

        void Push(string segments)
        {
            var root = Path.GetPathRoot(segments)!;
            foreach (var segment in segments[root.Length..].Split([Path.DirectorySeparatorChar,
                Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(segment);
        }
    }
}
