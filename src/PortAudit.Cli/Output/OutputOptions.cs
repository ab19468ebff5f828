using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports;

namespace PortAudit.Cli.Output;

/// <summary>The options that name what a run writes besides its text: one for each row of
/// <see cref="ReportFormat.All"/>, and the evidence.</summary>
internal sealed class OutputOptions
{
    private readonly ImmutableArray<(ReportFormat Format, Option<string?> Option)> _reports =
    [
        .. ReportFormat.All.Select(format => (format, new Option<string?>($"--{format.Name}")
        {
            Description = $"Write {format.Title}, too; '-' writes it to standard output instead of the text.",
            HelpName = "FILE",
        })),
    ];

    private readonly Option<string?> _evidence = new("--evidence")
    {
        Description = "Write the packets that prove the findings as pcapng, with comments that name the findings. The "
            + "captures must be files.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _state = new("--save-state")
    {
        Description = "Write what was judged to a file, which 'portaudit merge' unites with that of other places. "
            + "Needs --site, and takes all flows.",
        HelpName = "FILE",
    };

    private readonly ProposalOption _proposals = new();

    public void AddTo(Command command)
    {
        AddReportsTo(command);
        _proposals.AddTo(command);
        command.Add(_evidence);
        command.Add(_state);
    }

    public void AddReportsTo(Command command)
    {
        foreach (var (_, option) in _reports)
            command.Add(option);
    }

    public ImmutableArray<(ReportFormat Format, string Path)> Reports(ParseResult parsed) =>
        [.. from row in _reports let path = parsed.GetValue(row.Option) where path is not null
            select (row.Format.For(path), path)];

    /// <summary>Why the reports conflict with each other or with other files of the run; null when they do
    /// not.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="others">Those other files.</param>
    public static string? WhyUnusable(ImmutableArray<(ReportFormat Format, string Path)> reports,
        IEnumerable<string> others) =>
        WhyUnusable([.. reports.Select(report => report.Path)], [], [.. others.Select(Target)]);

    /// <summary>Opens what the user named. Two outputs cannot be one file, an output cannot be an input, and standard
    /// output takes one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="captures">The captures of the run.</param>
    /// <param name="inputs">Other files that it reads.</param>
    /// <param name="environment">Gives standard output.</param>
    /// <param name="log">Receives errors.</param>
    /// <returns>Null when something is.</returns>
    public AuditOutputs? TryOpen(ParseResult parsed, CaptureArguments captures, IEnumerable<string> inputs,
        CommandEnvironment environment, DiagnosticLog log)
    {
        var (evidence, state) = (parsed.GetValue(_evidence), parsed.GetValue(_state));
        ImmutableArray<(ReportFormat Format, string Path)> reports =
            [.. Reports(parsed), .. _proposals.Reports(parsed)];
        ImmutableArray<string> paths =
            [.. reports.Select(report => report.Path), .. new[] { evidence, state }.OfType<string>()];
        var problem =
            WhyEvidenceImpossible(evidence, captures) ?? WhyUnusable(paths, captures.Paths, [.. inputs.Select(Target)]);
        if (problem is null)
            return AuditOutputs.TryOpen(reports, evidence, state, environment, log);
        log.Error(problem);
        return null;
    }

    /// <summary>True when the audit is to be saved.</summary>
    public bool SavesState(SymbolResult result) => result.GetResult(_state) is not null;

    /// <summary>True when a file of evidence is wanted.</summary>
    public bool HasEvidence(SymbolResult result) => result.GetResult(_evidence) is not null;

    /// <summary>Which packets prove a finding is known when all have passed; then they are read again.</summary>
    private static string? WhyEvidenceImpossible(string? evidence, CaptureArguments captures)
    {
        return evidence is not null && captures.ReadOnce is { } once
            ? $"--evidence reads the captures a second time, and {once} can be read once only: save it to a file first"
            : null;
    }

    /// <summary>Why outputs conflict with each other or with inputs; null when they do not.</summary>
    /// <param name="paths">Paths of the outputs.</param>
    /// <param name="captures">Paths of the captures.</param>
    /// <param name="inputs">Full paths of other files that it reads.</param>
    internal static string? WhyUnusable(ImmutableArray<string> paths, IReadOnlyList<string> captures,
        ImmutableArray<string> inputs)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (AuditOutput.NamesStandardOutput(path))
            {
                if (!taken.Add(AuditOutput.StandardOutput))
                    return "standard output ('-') can take one output only";
                continue;
            }

            var target = Target(path);
            if (captures.Any(capture => capture != CaptureArguments.StandardInput && Target(capture) == target))
                return $"{path}: is a capture of this run and would be overwritten";
            if (inputs.Contains(target))
                return $"{path}: is an input of this run and would be overwritten";
            if (!AtomicFile.IsDevice(path) && !AtomicFile.IsDevice(target) && !taken.Add(target))
                return $"{path}: is named for two outputs";
        }

        return null;
    }

    /// <summary>The file that a path leads to in the end, so that a link does not hide which one it is.</summary>
    private static string Target(string path)
    {
        try
        {
            return FinalPath.Of(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Opening it reports the problem.
            return path;
        }
    }
}
