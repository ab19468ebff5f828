using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Learned;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Packets;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit audit</c>: judges captures by a site and its catalogs.</summary>
internal sealed class AuditCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CaptureOptions _captures =
        new() { TakesPoints = true, TakesStore = true, TakesExports = true };

    private readonly Option<string?> _site = new("--site")
    {
        Description = "The site file: hosts, roles, catalogs, exceptions. Without it the audit uses the site that "
            + $"'portaudit roles' proposes; the captures must then be files.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _saveSite = new("--save-site")
    {
        Description = "Without --site: write the proposed site to a new file, to be corrected.",
        HelpName = "FILE",
    };

    private readonly OutputOptions _outputs = new();

    private readonly EarlierReportOption _baseline = new();

    private readonly LearnedOption _against = new();

    private readonly BehaviourOption _behaviour = new();

    private readonly PacketSelectionOptions _packets = new();

    private readonly FlowSelectionOptions _flows = new();

    private readonly PlotOptions _plots = new();

    private readonly TrendOption _by = new();

    private readonly PolicyOption _policies = new();

    private readonly Option<bool> _failOnNew = new("--fail-on-new")
    {
        Description =
        "With --baseline: findings that the earlier report has, as grave as they are now, do not make exit code 1."
    };

    private readonly Option<string> _failOn = ChoiceOption.FailOn(
        "Least severity of a finding that makes exit code 1: info, low, medium, high, critical, or never.");

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour in the text.");

    public Command Build()
    {
        var command = new Command(
            "audit",
            "Audits captures: what passed without a rule, and what rules require that never passed. " +
            "Example: 'portaudit audit captures/lync-edge --site captures/lync-edge/site.yaml'. " +
            "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, catalog or site error, 3 input missing, "
                + "unreadable or cut " +
            "(results for the rest are written), 130 interrupted, 70 internal error.");
        _captures.AddTo(command);
        command.Add(_site);
        command.Add(_saveSite);
        _packets.AddTo(command);
        _flows.AddTo(command, _site, _captures.Rules);
        _policies.AddTo(command);
        _outputs.AddTo(command);
        _plots.AddTo(command);
        _baseline.AddTo(command);
        _against.AddTo(command);
        _behaviour.AddTo(command);
        _by.AddTo(command);
        command.Add(_failOn);
        command.Add(_failOnNew);
        command.Add(_color);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_failOnNew) && !_baseline.IsGiven(result))
                result.AddError("--fail-on-new needs --baseline.");
            if (IsNarrowed(result) && _policies.IsGiven(result))
                result.AddError("--policy: rules for what a selection leaves out would look unused; leave out --policy "
                    + "or the selection.");
            if (_outputs.SavesState(result) && (result.GetResult(_site) is null || IsNarrowed(result)
                || _against.IsGiven(result) || _behaviour.IsGiven(result)))
                result.AddError("--save-state needs --site, and goes without selection, --against and --behaviour.");
            if (_captures.Store.IsGiven(result) && result.GetResult(_site) is null)
                result.AddError("--store needs --site: a site is proposed from captures only.");
            if (_captures.Store.IsGiven(result) && _outputs.HasEvidence(result))
                result.AddError("--evidence writes packets, and a store has none: audit the captures for it.");
            if (result.GetResult(_saveSite) is not null && result.GetResult(_site) is not null)
                result.AddError("--save-site writes the site proposed by an audit without --site: leave one out.");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        var (site, save) = (parsed.GetValue(_site), parsed.GetValue(_saveSite));
        SiteLoad? load = null;
        if (site is not null && (load = _captures.LoadSite(site, parsed, log)) is null)
        {
            _baseline.LogUnread(parsed, log);
            return Refuse(parsed, null);
        }

        if (_flows.Of(parsed, load, log) is not { } selection)
            return ExitCode.Usage;

        var arguments = CaptureRun.Expand([.. _captures.Names(parsed), .. _captures.Points.Captures(parsed)], log);
        var named = _captures.Points.Points(parsed, out var wrong);
        if (wrong is not null)
        {
            log.Error(wrong);
            return ExitCode.Usage;
        }

        if (site is null && ProposedSiteFile.WhyImpossible(arguments, save) is { } impossible)
        {
            log.Error(impossible);
            return ExitCode.Usage;
        }

        var grounds = CaptureSelection.Grounds(_packets.FilterOf(parsed), selection.Criteria.Texts);
        if (!_baseline.TryRead(parsed, grounds, log, out var baseline)
            | !_against.TryRead(parsed, log, out var learned) | !_behaviour.TryRead(parsed, log, out var model))
            return Refuse(parsed, load);
        var before = new Comparison(baseline, learned, model);
        if (!_plots.TryOpen(parsed, log, out var plots) || !_captures.Store.TryOpen(parsed, log, out var store))
            return ExitCode.Usage;
        using var opened = store;
        using var outputs = _outputs.TryOpen(parsed, arguments,
            [
                .. new[] { site, save, _baseline.Path(parsed), _against.Path(parsed), _behaviour.Path(parsed) }
                    .OfType<string>(),
                .. _policies.Files(parsed, load?.Site),
                .. _captures.Store.Path(parsed) is { } file ? [file] : ImmutableArray<string>.Empty,
            ],
            environment, log);
        if (outputs is null)
            return ExitCode.Usage;
        using var saved = save is null ? null : AuditOutput.TryOpen(save, environment, log);
        if (save is not null && saved is null)
            return ExitCode.Usage;
        var points = CapturePoint.Join(load?.Site!.CapturePoints ?? [], named);
        var reading = new CaptureRun(environment, log, arguments, points,
            _captures.Choices(parsed) with
            {
                TraceFlows = points.Length > (outputs.State is null ? 1 : 0),
                KeepFrames = outputs.State is not null,
                TimeBytes = outputs.NeedTimelines || plots is not null,
                Behaviour = model is null ? BehaviourCounting.None : BehaviourCounting.Unproved,
            }, parsed.GetValue(_captures.FlowExports), store);
        if (reading.Select(_packets.Window(parsed), _packets.FilterOf(parsed)) is not ExitCode.Success and var refused)
            return refused;
        if (load is null && !reading.Paths.IsEmpty)
        {
            load = new ProposedSiteFile(parsed.GetValue(_captures.Rules), log).Propose(reading, save, saved);
            if (load is null)
                return reading.IsInterrupted ? ExitCode.Interrupted : ExitCode.Usage;
        }

        load = load is null ? null : load with { Site = load.Site! with { CapturePoints = points } };
        if (load is null)
            return Audit(parsed, null, reading, before, outputs, plots);
        if (IsNarrowed(parsed.CommandResult) && !load.Site!.Policies.IsEmpty)
        {
            log.Warning("the configurations that the site names are not compared: a selection shows a part of their "
                + "traffic only");
            return Audit(parsed, load, reading, before, outputs, plots);
        }

        if (_policies.Read(parsed, load.Site!, load.Catalogs!, log) is { } policies)
            return Audit(parsed, load, reading, before, outputs, plots, policies);
        _captures.LogUnopened(parsed, log);
        return ExitCode.Usage;
    }

    /// <summary>Ends a run that an input keeps from beginning, after naming the others that cannot be read.</summary>
    private ExitCode Refuse(ParseResult parsed, SiteLoad? load)
    {
        _policies.LogUnread(parsed, load?.Site, log);
        _captures.LogUnopened(parsed, log);
        return ExitCode.Usage;
    }

    /// <summary>True when some flows, or some packets of flows, are left out.</summary>
    private bool IsNarrowed(SymbolResult result) => _packets.HasFilter(result) || _flows.IsGiven(result);

    // There is no site when none was given and no capture could be opened from which to propose one.
    private ExitCode Audit(ParseResult parsed, SiteLoad? load, CaptureRun reading, Comparison before,
        AuditOutputs outputs, PlotOutput? plots, ImmutableArray<BoundPolicy> policies = default)
    {
        var auditor = load is null
            ? null
            : new Auditor(load.Catalogs!, load.Site!, outputs.NeedTimelines || plots is not null, policies,
                _flows.IsGiven(parsed.CommandResult) ? _flows.Of(parsed, load, log) : null,
                _against.For(load.Site!, before.Learned, parsed, log), before.Model, _by.Of(parsed));
        var grouping = outputs.State is null ? auditor?.Grouping : null;
        if (reading.Read(flow => auditor?.Add(flow), grouping: grouping) is not { } observation || auditor is null)
            return reading.ExitCode;

        var isWritten = outputs.State?.WriteBytes(
            stream => AuditState.Save(auditor, observation, ProgramVersion.Text, stream), log) ?? true;
        var draft = auditor.Complete(observation, Diagnostics(load!, reading));
        var report = draft.WithEvidence(reading.Evidence(draft.FlowsOfFindings));
        report = report with { Selection = CaptureSelection.Join(reading.Selection, report.Selection) };
        reading.WarnOfLogs(report, outputs.Evidence is not null, outputs.NeedTimelines || plots is not null);
        var packets = outputs.NeedPackets && reading.CanBeReadAgain ? new EvidencePackets(report) : null;
        isWritten &= ReadAgain(reading, new EvidenceComments(report), outputs, packets);
        var run = new AuditRun(report, ProgramVersion.Text, reading.Unread, reading.IsInterrupted)
        {
            Packets = packets,
        };
        run = Complete(parsed, run, reading, before.Report, outputs);
        isWritten &= outputs.TakeStandardOutput || AuditText.TryWrite(run, environment, log,
            parsed.GetValue(_color)!, parsed.GetValue(_captures.Quiet), parsed.GetValue(_captures.Verbose));
        using var progress = log.Progress.Begin("Writing reports");
        isWritten &= plots?.Write(run, log) ?? true;
        return ((ExitCode)run.ExitCode).And(isWritten ? ExitCode.Success : ExitCode.Usage)
            .And(outputs.WriteReports(run, log));
    }

    /// <summary>Writes the file of evidence and decodes the packets of the page. False when the file cannot be
    /// written.</summary>
    private bool ReadAgain(CaptureRun reading, EvidenceComments evidence, AuditOutputs outputs,
        EvidencePackets? packets)
    {
        if (outputs.Evidence is { } file)
            return file.WriteBytes(stream => reading.Export(evidence, stream, packets), log);
        if (packets is { Frames.Count: > 0 })
            reading.Export(evidence, null, packets);
        return true;
    }

    /// <summary>The run with the exit code and the data that only some formats need.</summary>
    private AuditRun Complete(ParseResult parsed, AuditRun run, CaptureRun reading, EarlierReport? baseline,
        AuditOutputs outputs)
    {
        run = run with
        {
            FailOn = ChoiceOption.SeverityOf(parsed.GetValue(_failOn)!),
            FailsOnNewOnly = parsed.GetValue(_failOnNew),
            Errors = reading.Problems.Errors,
            CaptureHashes = outputs.NeedCaptureHashes ? reading.Hashes() : run.CaptureHashes,
        };
        run = baseline is null ? run : run with { Baseline = BaselineComparer.Compare(baseline, run) };
        var judgement = run.Report.Findings.Any(run.Fails) ? ExitCode.Findings : ExitCode.Success;
        return run with { ExitCode = (int)reading.ExitCode.And(judgement) };
    }

    private static ImmutableArray<string> Diagnostics(SiteLoad load, CaptureRun reading) =>
        [.. load.Diagnostics.Select(diagnostic => diagnostic.ToString()), .. reading.Problems.Errors,
            .. reading.Problems.Warnings];

    /// <summary>What the flows are compared with, each null without.</summary>
    private sealed record Comparison(EarlierReport? Report, LearnedTraffic? Learned, BehaviourModel? Model);
}
