using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit;
using PortAudit.Audit.Learned;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Live;
using PortAudit.Live.Host;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;
using PortAudit.Reports.Watch;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Watch;

/// <summary><c>portaudit watch</c>: audits live traffic by a site and its catalogs until stopped.</summary>
internal sealed class WatchCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly WatchOptions _options = new(environment);

    public Command Build()
    {
        var command = new Command(
            "watch",
            "Audits live traffic: shows a view, or a line for each event, and rewrites reports at each evaluation. "
                + "Ctrl-C or SIGTERM ends it with a last report. "
                + "Example: 'portaudit watch -i eth0 --site captures/lync-edge/site.yaml --interval 10s'. "
                + "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, catalog or site error, 3 an "
                + "interface was lost, 4 no right to capture or no such interface, 70 internal error.");
        _options.AddTo(command);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _options.Tune(log, parsed);
        var site = _options.SiteOf(parsed);
        if (CaptureOptions.LoadSite(site, _options.RulesOf(parsed), log) is not { } load)
        {
            _options.LogUnreadPolicies(parsed, log);
            return ExitCode.Usage;
        }

        var settings = _options.Settings(parsed);
        if (settings.Reports.FirstOrDefault(report =>
            AuditOutput.NamesStandardOutput(report.Path)) is { Path: not null } report)
        {
            log.Error($"--{report.Format.Name}: standard output is taken by the view or the events; name a file");
            return ExitCode.Usage;
        }

        if (settings.Ring is { } kept && AuditOutput.NamesStandardOutput(kept.Path))
        {
            log.Error("-w: standard output is taken by the view or the events; name a file");
            return ExitCode.Usage;
        }

        if (OutputOptions.WhyUnusable(settings.Reports, [site, .. _options.PolicyFiles(parsed, load.Site!),
            .. new[] { settings.Ring?.Path, _options.BaselineFile(parsed) }.OfType<string>()]) is { } unusable)
        {
            log.Error(unusable);
            return ExitCode.Usage;
        }

        var isRead = _options.TryReadBaseline(parsed, load.Site!, log, out var learning);
        if (_options.Policies(parsed, load, log) is not { } policies || !isRead
            || !TryFindUser(settings.User, out var user))
            return ExitCode.Usage;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(environment.Interrupt);
        using var capture = LiveCapture.TryOpen(settings.Live, stop.Token, out var problems);
        if (capture is not null)
            return Watch(settings, load, policies, learning, capture, user, stop);
        foreach (var line in problems.SelectMany(LiveWords.ToLines))
            log.Error(line);
        return problems.All(problem => problem.Kind == LiveProblemKind.Filter)
            ? ExitCode.Usage
            : ExitCode.CaptureDevice;
    }

    private bool TryFindUser(string? name, out CaptureUser? user)
    {
        string? problem = null;
        user = name is null ? null : CaptureUser.Find(name, out problem);
        if (problem is not null)
            log.Error($"--user {name}: {problem}");
        return problem is null;
    }

    /// <summary>Whatever is written from here on is the user's.</summary>
    private ExitCode Watch(WatchSettings settings, SiteLoad load, ImmutableArray<BoundPolicy> policies,
        LearningOptions? learning, LiveCapture capture, CaptureUser? user, CancellationTokenSource stop)
    {
        if (user?.Become() is { } refused)
        {
            log.Error($"--user {settings.User}: {refused}");
            return ExitCode.CaptureDevice;
        }

        using var state = settings.State is null
            ? null
            : WatchState.TryOpen(settings.State, load, policies, learning, log);
        if (settings.State is not null && state is null)
            return ExitCode.Usage;
        foreach (var note in capture.Notes)
            log.Warning(note);
        var now = TimeProvider.System.GetUtcNow();
        var board = new WatchBoard(new WatchPicture(load.Site!.Name, capture.Path, now, now, LiveCounts.None, 0, 0,
            Environment.WorkingSet));
        var notices = new WatchNotices(board, log, isHeldBack: settings.ShowsView);
        var reporter = new WatchReporter(settings, environment, board, notices.Say,
            [.. load.Diagnostics.Select(diagnostic => diagnostic.ToString())], state);
        if (!reporter.CanWrite(log) || !TryOpenRing(settings, capture, notices, out var ring))
            return ExitCode.Usage;

        // A later run may want a page: what is kept has what it shows.
        var withTimelines = state is not null || settings.Reports.Any(report => report.Format.ShowsTimelines);
        var options = new ObserverOptions
        {
            CapturePointOf = new CapturePointBinding(load.Site.CapturePoints).PointOf,
            KeepFrames = true,
            Vlans = settings.Vlans,
            MaximumFlows = settings.MaximumFlows,
            TraceFlows = load.Site.CapturePoints.Length > 1,
            TimeBytes = withTimelines,
            FirstCapture = state?.Saved?.Observation.Captures.Length ?? 0,
            FirstAnnouncement = state?.Saved?.Observation.NextAnnouncement ?? 1,
        };

        reporter.ReportUnsent();
        using var watch = new WatchRun(settings, capture, options,
            () => new Auditor(load.Catalogs!, load.Site, withTimelines, policies, learning: learning),
            state?.Saved?.Auditor, ring,
            reporter, board, notices.Say, stop);
        AuditRun run;
        using (StartView(settings, board))
            run = watch.Run();
        notices.Release();
        return End(settings, run);
    }

    private bool TryOpenRing(WatchSettings settings, LiveCapture capture, WatchNotices notices, out PcapngRing? ring)
    {
        ring = null;
        if (settings.Ring is not { } options)
            return true;
        ring = PcapngRing.TryOpen(capture, options with
        {
            Report = notice => notices.Say(
            $"{options.Path}: {(notice.IsWriting ? "" : "cannot be written: ")}{notice.Text}")
        }, out var problem);
        if (ring is null)
            log.Error($"{options.Path}: cannot be written: {problem}");
        return ring is not null;
    }

    private TerminalView? StartView(WatchSettings settings, WatchBoard board) =>
        settings.ShowsView ? new TerminalView(board, environment.Output,
            () => (Console.WindowWidth, Console.WindowHeight), settings.Color) : null;

    private ExitCode End(WatchSettings settings, AuditRun run)
    {
        var problems = InputProblems.Of([], run.Report.Observation);
        foreach (var error in problems.Errors)
            log.Error(error);
        foreach (var warning in problems.Warnings)
            log.Warning(warning);
        if (settings.ShowsView)
            TextReport.Write(run, environment.Output, new TextReportOptions(environment.OutputIsTerminal
                ? Console.WindowWidth
                : environment.Width, settings.Color, settings.IsVerbose));
        return problems.ExitCode.And((ExitCode)run.ExitCode);
    }
}
