using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;

namespace PortAudit.Cli.Input;

/// <summary><c>--baseline FILE</c>: an earlier report of an audit, to compare with.</summary>
internal sealed class EarlierReportOption
{
    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "An earlier JSON report to compare with: what is new, gone or changed, and whether behaviour or "
            + "visibility changed.",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_baseline);

    /// <summary>True when the command line names one.</summary>
    public bool IsGiven(SymbolResult result) => result.GetResult(_baseline) is not null;

    /// <summary>The path; null when none is given.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_baseline);

    /// <summary>Logs why it cannot be read, if it cannot, where the run cannot begin for another reason.</summary>
    public void LogUnread(ParseResult parsed, DiagnosticLog log)
    {
        if (Path(parsed) is { } path && !EarlierReport.TryRead(path, out _, out var problem))
            log.Error($"{path}: {problem}");
    }

    /// <summary>Reads the report. False, with a line in the log, when it cannot be compared.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="grounds">The selection of this audit (<see cref="CaptureSelection.Grounds"/>).</param>
    /// <param name="log">The log.</param>
    /// <param name="report">The report; null when none is given.</param>
    public bool TryRead(ParseResult parsed, ImmutableArray<string> grounds, DiagnosticLog log,
        out EarlierReport? report)
    {
        report = null;
        if (Path(parsed) is not { } path)
            return true;
        if (!EarlierReport.TryRead(path, out report, out var problem))
        {
            log.Error($"{path}: {problem}");
            return false;
        }

        if (grounds.SequenceEqual(report.Selection, StringComparer.Ordinal))
            return true;
        log.Error($"{path}: that audit had {Named(report.Selection)}, this one has {Named(grounds)}: what only one "
            + "of them leaves out would look changed");
        return false;
    }

    private static string Named(ImmutableArray<string> selection) =>
        selection.IsEmpty ? "no selection" : $"the selection '{string.Join(" and ", selection)}'";
}
