using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Input;

/// <summary>Finds the captures that a JSON report names: at their path, near the report, or among those that the user
/// gives instead.</summary>
/// <param name="report">Path of the report.</param>
/// <param name="given">Captures that the user gives.</param>
internal sealed class ReportCaptures(string report, ImmutableArray<string> given)
{
    /// <summary>The file; null when there is none.</summary>
    /// <param name="recorded">Path as the report has it.</param>
    /// <param name="isOnly">True when the report's evidence names this capture alone.</param>
    public string? Find(string recorded, bool isOnly)
    {
        if (!given.IsEmpty)
            return GivenFor(recorded, isOnly);
        var directory = Path.GetDirectoryName(Path.GetFullPath(report))!;
        return recorded == CaptureArguments.StandardInput
            ? null
            : new[] { recorded, Path.Combine(directory, recorded), Path.Combine(directory, NameOf(recorded)) }
                .FirstOrDefault(File.Exists);
    }

    private string? GivenFor(string recorded, bool isOnly)
    {
        var identity = CaptureFile.IdentityOf(recorded);
        return given.FirstOrDefault(path => CaptureFile.IdentityOf(path) == identity)
            ?? given.FirstOrDefault(path => NameOf(path) == NameOf(recorded))
            ?? (isOnly && given.Length == 1 ? given[0] : null);
    }

    /// <summary>The name without directories, of a path of any system.</summary>
    private static string NameOf(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
}
