using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Audit.Trends;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit merge</c>: unites audits of several places to one report.</summary>
internal sealed class MergeCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private const int FewestStates = 2;

    private readonly Argument<string[]> _states = new("STATE")
    {
        Description = "Files that 'portaudit audit --save-state' wrote, or the file audit.state in the directory of "
            + "'portaudit watch --state'.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _site = new("--site")
    {
        Description = "The site file by which all of them were audited.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly CaptureOptions _captures = new();

    private readonly PolicyOption _policies = new();

    private readonly OutputOptions _outputs = new();

    private readonly PlotOptions _plots = new();

    private readonly TrendOption _by = new();

    private readonly Option<string> _failOn = ChoiceOption.FailOn(
        "Least severity of a finding that makes exit code 1: info, low, medium, high, critical, or never.");

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour in the text.");

    public Command Build()
    {
        var command = new Command(
            "merge",
            "Unites audits of several places, made by one site file, to the report that one audit of all their "
                + "captures gives. Example: 'portaudit merge london.state paris.state --site site.yaml'. "
                + "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, catalog or site error, or a state "
                + "that cannot be used, 3 an input of theirs was cut or unreadable, 70 internal error.")
        {
            _states, _site, _captures.Rules, _captures.Quiet, _captures.Verbose,
        };
        _policies.AddTo(command);
        _outputs.AddTo(command);
        _plots.AddTo(command);
        _by.AddTo(command);
        command.Add(_failOn);
        command.Add(_color);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_states) is { } states && states.Tokens.Count < FewestStates)
                result.AddError("Name two states or more.");
            if (_outputs.HasEvidence(result))
                result.AddError("--evidence writes packets, and states have none: audit the captures for it.");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        var (states, site) = (parsed.GetValue(_states)!, parsed.GetValue(_site)!);
        if (_captures.LoadSite(site, parsed, log) is not { } load
            || _policies.Read(parsed, load.Site!, load.Catalogs!, log) is not { } policies
            || !_plots.TryOpen(parsed, log, out var plots))
            return ExitCode.Usage;
        using var outputs = _outputs.TryOpen(parsed, new CaptureArguments([], [], [], []),
            [site, .. states, .. _policies.Files(parsed, load.Site)], environment, log);
        if (outputs is null || Unite(parsed, load, policies) is not { } united)
            return ExitCode.Usage;
        var observation = united.Observation;
        var isSaved = outputs.State?.WriteBytes(
            stream => AuditState.Save(united.Auditor, observation, ProgramVersion.Text, stream), log) ?? true;
        var problems = InputProblems.Of([], observation);
        var draft = united.Auditor.Complete(observation, [.. load.Diagnostics.Select(one => one.ToString()),
            .. problems.Errors, .. problems.Warnings]);
        var report = draft.WithEvidence(draft.FlowsOfFindings.ToDictionary(flow => flow.Id, EvidencePass.OfKept));
        var run = new AuditRun(report, ProgramVersion.Text, [], Interrupted: false)
        {
            FailOn = ChoiceOption.SeverityOf(parsed.GetValue(_failOn)!),
            Errors = problems.Errors,
        };
        var judgement = report.Findings.Any(run.Fails) ? ExitCode.Findings : ExitCode.Success;
        run = run with { ExitCode = (int)problems.ExitCode.And(judgement) };
        return Write(parsed, run, outputs, plots).And(isSaved ? ExitCode.Success : ExitCode.Usage);
    }

    private ExitCode Write(ParseResult parsed, AuditRun run, AuditOutputs outputs, PlotOutput? plots)
    {
        var isWritten = outputs.TakeStandardOutput || AuditText.TryWrite(run, environment, log,
            parsed.GetValue(_color)!, parsed.GetValue(_captures.Quiet), parsed.GetValue(_captures.Verbose));
        isWritten &= plots?.Write(run, log) ?? true;
        return ((ExitCode)run.ExitCode).And(isWritten ? ExitCode.Success : ExitCode.Usage)
            .And(outputs.WriteReports(run, log));
    }

    /// <summary>All states as one audit; null, with a line in the log, when one cannot be used.</summary>
    private SavedAudit? Unite(ParseResult parsed, SiteLoad load, ImmutableArray<BoundPolicy> policies)
    {
        SavedAudit? united = null;
        foreach (var path in parsed.GetValue(_states)!)
        {
            if (TryLoad(path, load, policies, united?.Observation, _by.Of(parsed)) is not { } saved)
                return null;
            if (united is null)
            {
                united = saved;
                continue;
            }

            WarnOfTwins(path, united.Observation, saved.Observation);
            united.Auditor.UnionWith(saved.Auditor);
            united = united with { Observation = united.Observation.Beside(saved.Observation) };
        }

        return united;
    }

    private SavedAudit? TryLoad(string path, SiteLoad load, ImmutableArray<BoundPolicy> policies,
        ObservationSummary? before, TrendPeriod? by)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (AuditState.TryLoad(stream, load.Catalogs!, load.Site!, withTimelines: true, policies, out var saved,
                out var problem, before: before, by: by))
                return saved;
            log.Error($"{path}: {problem.Text}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.Error($"{path}: cannot be read: {failure.Message}");
        }

        return null;
    }

    private void WarnOfTwins(string path, ObservationSummary united, ObservationSummary other)
    {
        var known = united.Captures.Select(Traits).ToHashSet();
        var twins = other.Captures.Where(capture => capture.Packets > 0 && known.Contains(Traits(capture))).ToList();
        if (twins.Count > 0)
            log.Warning($"{path}: {Quantity.Of(twins.Count, "capture")} of it, first {twins[0].Path}, "
                + $"{Quantity.Word(twins.Count, "looks", "look")} like one of a state before it: what both hold counts "
                + "twice");
    }

    private static (long Packets, long? FirstNs, long? LastNs, string Format) Traits(CaptureSummary capture) =>
        (capture.Packets, capture.FirstNs, capture.LastNs, capture.Format);
}
