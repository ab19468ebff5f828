using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Watching;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Watch;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Watch;

/// <summary>Reports each evaluation on a separate thread: concludes the audit, prints events, and rewrites the reports.
/// One evaluation at a time; only the last one is waited for.</summary>
/// <param name="settings">What the user wants.</param>
/// <param name="environment">Where lines go.</param>
/// <param name="board">What the view shows.</param>
/// <param name="say">Receives notices for the user.</param>
/// <param name="diagnostics">Warnings of site and catalogs.</param>
/// <param name="state">Keeps what is to outlive this run; null when nothing is.</param>
internal sealed class WatchReporter(
    WatchSettings settings, CommandEnvironment environment, WatchBoard board, Action<string> say,
    ImmutableArray<string> diagnostics, WatchState? state)
{
    /// <summary>Lines, the latest, that wait while standard output accepts none.</summary>
    private const int MaximumWaiting = 10_000;

    private const string State = "state";

    private readonly WatchJournal _journal = new(state?.Journal ?? JournalState.Blank);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private ImmutableArray<WatchLine> _waiting = state?.Unsent ?? [];
    private volatile Task _work = Task.CompletedTask;

    /// <summary>True when a look may begin. Throws what went wrong in the one before.</summary>
    public bool IsIdle
    {
        get
        {
            if (!_work.IsCompleted)
                return false;
            _work.GetAwaiter().GetResult();
            return true;
        }
    }

    /// <summary>Reports a look, behind the one before, and comes back at once: where judging lags, the next look may be
    /// over before this one was begun to be reported.</summary>
    public void Begin(Auditor auditor, ObservationSummary observation)
    {
        var before = _work;
        _work = Task.Run(() =>
        {
            before.GetAwaiter().GetResult();
            Report(auditor, observation, isLast: false);
        });
    }

    public AuditRun End(Auditor auditor, ObservationSummary observation)
    {
        _work.GetAwaiter().GetResult();
        return Report(auditor, observation, isLast: true);
    }

    /// <summary>Checks in advance that the reports can be written. False, with an error logged, when one
    /// cannot.</summary>
    public bool CanWrite(DiagnosticLog log)
    {
        foreach (var (_, path) in settings.Reports)
        {
            using var file = AtomicFile.TryOpen(path, out var reason);
            if (file is not null)
                continue;
            log.Error($"{path}: cannot be written: {reason}");
            return false;
        }

        return true;
    }

    /// <summary>Reports what an earlier run left unsent.</summary>
    public void ReportUnsent()
    {
        if (settings.WritesLines)
            WriteLines();
    }

    private AuditRun Report(Auditor auditor, ObservationSummary observed, bool isLast)
    {
        var observation = state?.Saved is { } saved ? saved.Observation.Append(observed) : observed;
        var draft = auditor.Complete(observation, diagnostics);
        var report = draft.WithEvidence(draft.FlowsOfFindings.ToDictionary(flow => flow.Id, EvidencePass.OfKept));
        var run = new AuditRun(report, ProgramVersion.Text, [], Interrupted: false) { FailOn = settings.FailOn };
        run = run with { ExitCode = (int)(report.Findings.Any(run.Fails) ? ExitCode.Findings : ExitCode.Success) };
        var now = TimeProvider.System.GetUtcNow();
        var events = _journal.Note(report, now, isLast);
        if (settings.WritesLines)
            _waiting = [.. _waiting
                .Concat(events.Select(happened => new WatchLine(happened.Sequence, WatchJson.ToLine(happened, report))))
                .TakeLast(MaximumWaiting)];
        if (state is not null)
            NoteOutcome(State, state.TrySave(auditor, observation, _journal.State, _waiting));
        WriteLines();
        foreach (var (format, path) in settings.Reports)
            NoteOutcome(path, TryWrite(format, path, run));
        board.Note(now, report);
        return run;
    }

    /// <summary>Writes the lines that wait; those that standard output does not take wait on.</summary>
    private void WriteLines()
    {
        var written = 0;
        string? problem = null;
        try
        {
            foreach (var line in _waiting)
            {
                environment.Output.Write(line.Text);
                environment.Output.Write('\n');
                environment.Output.Flush();
                state?.NoteSent(line.Sequence);
                written++;
            }
        }
        catch (IOException exception)
        {
            problem = StandardOutput.FailureText(exception);
        }

        _waiting = _waiting[written..];
        NoteOutcome(StandardOutput.Name, problem);
    }

    /// <summary>A full disk may have room at the next evaluation: a failure is reported once, and again after a
    /// success.</summary>
    private void NoteOutcome(string what, string? problem)
    {
        if (problem is null && _failing.Remove(what))
            say($"{what}: can be written again");
        else if (problem is not null && _failing.Add(what))
            say($"{problem}; the next evaluation tries again");
    }

    private static string? TryWrite(ReportFormat format, string path, AuditRun run)
    {
        using var file = AtomicFile.TryOpen(path, out var reason);
        if (file is null)
            return $"{path}: cannot be written: {reason}";
        try
        {
            format.Write(run, file.Writer);
            file.Commit();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path}: cannot be written: {exception.Message}";
        }
    }
}
