using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Watching;
using PortAudit.Reports;
using PortAudit.Reports.Watch;
using PortAudit.Traffic;

namespace PortAudit.Cli.Watch;

/// <summary>
/// Reports each look on a thread of its own: draws the conclusions, tells what is new, and writes the reports anew. One look at a time; while it is at work no other begins, and nobody waits for it but who
/// wants its last one.
/// </summary>
/// <param name="settings">What the user wants.</param>
/// <param name="environment">Where lines go.</param>
/// <param name="board">What the view shows.</param>
/// <param name="say">Told what the user should know.</param>
/// <param name="diagnostics">Warnings of site and catalogs.</param>
internal sealed class WatchReporter(WatchSettings settings, CommandEnvironment environment, WatchBoard board, Action<string> say, ImmutableArray<string> diagnostics)
{
    private readonly WatchJournal _journal = new();
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private Task _work = Task.CompletedTask;

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

    /// <summary>Reports a look, and comes back at once.</summary>
    public void Begin(Auditor auditor, ObservationSummary observation) => _work = Task.Run(() => Report(auditor, observation, isLast: false));

    /// <summary>Reports the end, once the look before is reported.</summary>
    public AuditRun End(Auditor auditor, ObservationSummary observation)
    {
        _work.GetAwaiter().GetResult();
        return Report(auditor, observation, isLast: true);
    }

    /// <summary>Checks that the reports can be written, before anything begins. False, with the reason told, when one cannot.</summary>
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

    private AuditRun Report(Auditor auditor, ObservationSummary observation, bool isLast)
    {
        var draft = auditor.Complete(observation, diagnostics);
        var report = draft.WithEvidence(draft.FlowsOfFindings.ToDictionary(flow => flow.Id, EvidencePass.OfKept));
        var run = new AuditRun(report, PortAuditCommand.Version, [], Interrupted: false) { FailOn = settings.FailOn };
        run = run with { ExitCode = (int)(report.Findings.Any(run.Fails) ? ExitCode.Findings : ExitCode.Success) };
        var now = TimeProvider.System.GetUtcNow();
        var events = _journal.Note(report, now, isLast);
        if (settings.WritesLines)
            WriteLines(events, report);
        foreach (var (format, path) in settings.Reports)
            Write(format, path, run);
        board.Note(now, report, events);
        return run;
    }

    private void WriteLines(ImmutableArray<WatchEvent> events, AuditReport report)
    {
        foreach (var happened in events)
        {
            environment.Output.Write(WatchJson.ToLine(happened, report));
            environment.Output.Write('\n');
        }

        environment.Output.Flush();
    }

    /// <summary>A disk that is full now may have room at the next look: what fails is told once, and again when it has gone well in between.</summary>
    private void Write(ReportFormat format, string path, AuditRun run)
    {
        if (TryWrite(format, path, run) is not { } problem)
        {
            if (_failing.Remove(path))
                say($"{path}: is written again");
        }
        else if (_failing.Add(path))
        {
            say($"{path}: cannot be written: {problem}; the next look tries again");
        }
    }

    private static string? TryWrite(ReportFormat format, string path, AuditRun run)
    {
        using var file = AtomicFile.TryOpen(path, out var reason);
        if (file is null)
            return reason;
        try
        {
            format.Write(run, file.Writer);
            file.Commit();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
