using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs;

namespace PortAudit.Cli.Input;

/// <summary>The captures that the user named, as files.</summary>
/// <param name="Paths">Files and <c>-</c>, each once.</param>
/// <param name="Missing">Names that lead to no capture.</param>
/// <param name="Notes">What the user may not have meant, one sentence each.</param>
/// <param name="PassedOver">What of directories is no capture, one sentence each.</param>
internal sealed record CaptureArguments(ImmutableArray<string> Paths, ImmutableArray<UnreadInput> Missing,
    ImmutableArray<string> Notes, ImmutableArray<string> PassedOver)
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    private static readonly ImmutableArray<string> Compressions = [".gz", ".zst", ".lz4", ".xz"];

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>Reads files, directories, patterns and <c>-</c>.</summary>
    /// <remarks>
    /// A directory means its direct files that are named like captures or begin like one; a name with <c>*</c> or
    /// <c>?</c> that is no file is a pattern. Matches come in ordinal order. A file named twice is read once. A named
    /// pipe is read only if named itself.
    /// </remarks>
    public static CaptureArguments Expand(IEnumerable<string> names)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        var missing = ImmutableArray.CreateBuilder<UnreadInput>();
        var notes = ImmutableArray.CreateBuilder<string>();
        var passedOver = ImmutableArray.CreateBuilder<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var files = Files(name, notes, passedOver, out var problem);
            if (problem is not null)
                missing.Add(new UnreadInput(name, 0, problem));
            foreach (var file in files)
            {
                if (known.Add(file == StandardInput ? file : CaptureFile.IdentityOf(file)))
                    paths.Add(file);
                else
                    notes.Add($"{file}: named more than once, read once");
            }
        }

        return new CaptureArguments(paths.ToImmutable(), missing.ToImmutable(), notes.ToImmutable(),
            passedOver.ToImmutable());
    }

    /// <summary>The first input that can be read once only, as a sentence names it; null when all can be read
    /// again.</summary>
    public string? ReadOnce =>
        Paths.FirstOrDefault(path => path == StandardInput || CaptureFile.IsPipe(path)) is { } once
            ? once == StandardInput ? "standard input" : once
            : null;

    /// <summary>Why captures cannot be opened, by path in ordinal order, each as a line of a log. Standard input and
    /// pipes are not touched.</summary>
    public IEnumerable<string> Unopened()
    {
        var files = Paths.Where(path => path != StandardInput && !CaptureFile.IsPipe(path)).ToList();
        var logs = FlowLogSet.Open(files);
        using var captures = CaptureSet.Open([.. files.Where(path => !logs.Has(path))], () => Stream.Null);
        return InputProblems.Of(InputProblems.Unread(this, [.. captures.Problems, .. logs.Problems]), null).Errors;
    }

    public bool Names(string path) => Paths.Any(file => Path.GetFullPath(file) == Path.GetFullPath(path));

    /// <summary>The files of one name. A file that does not exist is handed on: opening it says what is
    /// wrong.</summary>
    private static List<string> Files(string name, ImmutableArray<string>.Builder notes,
        ImmutableArray<string>.Builder passedOver, out string? problem)
    {
        problem = name.Length == 0 ? "the name of a capture is empty" : null;
        if (problem is not null)
            return [];
        if (name == StandardInput || File.Exists(name))
            return [name];
        try
        {
            if (Directory.Exists(name))
                return OfDirectory(name, notes, passedOver, out problem);
            return HasWildcard(name) ? OfPattern(name, notes, out problem) : [name];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"the directory cannot be read: {exception.Message}";
            return [];
        }
    }

    private static List<string> OfDirectory(string directory, ImmutableArray<string>.Builder notes,
        ImmutableArray<string>.Builder passedOver, out string? problem)
    {
        var all = WithoutPipes(Directory.GetFiles(directory), notes);
        var files = all.Where(file => IsNamedLikeCapture(file) || CaptureFile.IsRecognised(file)
                || FlowLogSet.IsRecognised(file))
            .Order(StringComparer.Ordinal).ToList();
        problem = files.Count > 0
            ? null
            : $"the directory has no capture file: none is named like one "
                + $"(*.{string.Join(", *.", CaptureFile.Extensions)}) or begins like one, and none is a flow log";
        if (files.Count > 0 && files.Count < all.Count)
            passedOver.Add(string.Create(CultureInfo.InvariantCulture, $"{directory}: skipped "
                + $"{all.Count - files.Count:N0} of its {all.Count:N0} files, which are no captures"));
        return files;
    }

    private static List<string> OfPattern(string pattern, ImmutableArray<string>.Builder notes, out string? problem)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        var segments = pattern[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> directories = [root];
        foreach (var segment in segments[..^1])
            directories = directories.SelectMany(directory =>
                Matches(directory, segment, Directory.EnumerateDirectories, Directory.Exists));

        var files = WithoutPipes(directories
            .SelectMany(directory => Matches(directory, segments[^1], Directory.EnumerateFiles, File.Exists))
            .Order(StringComparer.Ordinal), notes);
        problem = files.Count > 0 ? null : "no file matches the pattern";
        return files;
    }

    private static List<string> WithoutPipes(IEnumerable<string> files, ImmutableArray<string>.Builder notes)
    {
        var (pipes, others) = (new List<string>(), new List<string>());
        foreach (var file in files)
            (CaptureFile.IsPipe(file) ? pipes : others).Add(file);
        notes.AddRange(pipes.Order(StringComparer.Ordinal).Select(pipe => File.Exists(FinalPath.Of(pipe))
            ? $"{pipe}: skipped, as it is a named pipe or a device; to read it, name it itself"
            : $"{pipe}: skipped, as it is a broken link"));
        return others;
    }

    private static IEnumerable<string> Matches(string directory, string segment,
        Func<string, IEnumerable<string>> entries, Func<string, bool> exists)
    {
        if (!HasWildcard(segment))
        {
            var path = Path.Combine(directory, segment);
            return exists(path) ? [path] : [];
        }

        return entries(directory.Length == 0 ? "." : directory)
            .Select(entry => Path.GetFileName(entry))
            .Where(entry =>
                FileSystemName.MatchesSimpleExpression(segment, entry, ignoreCase: OperatingSystem.IsWindows()))
            .Select(entry => Path.Combine(directory, entry));
    }

    private static bool HasWildcard(string name) => name.AsSpan().ContainsAny('*', '?');

    /// <summary>Names that capture programs give, with the numbers of tcpdump's rotation and a compression's suffix
    /// behind them.</summary>
    private static bool IsNamedLikeCapture(string file)
    {
        var compression =
            Compressions.FirstOrDefault(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ?? "";
        var name = file[..^compression.Length];
        var unnumbered = name.TrimEnd(Digits);
        if (unnumbered.Length < name.Length && unnumbered.EndsWith('.'))
            unnumbered = unnumbered[..^1];
        return CaptureFile.Extensions.Any(extension =>
            unnumbered.EndsWith($".{extension}", StringComparison.OrdinalIgnoreCase));
    }
}
