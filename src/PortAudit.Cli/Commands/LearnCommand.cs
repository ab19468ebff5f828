using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit learn</c>: learns from captures who uses which service of whom.</summary>
internal sealed class LearnCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CaptureOptions _captures = new() { TakesPoints = true, MayBeMissing = true, TakesStore = true };

    private readonly Option<string?> _site = new("--site")
    {
        Description = "The site file. Without it the site that 'portaudit roles' proposes is used; an audit against "
            + "the baseline needs the same site.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _saveSite = new("--save-site")
    {
        Description = "Without --site: write the proposed site to a new file, for audits against the baseline.",
        HelpName = "FILE",
    };

    private readonly PacketSelectionOptions _packets = new();

    private readonly Option<string> _output = new("-o", "--output")
    {
        Description = "The baseline to write; '-' for standard output.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string[]> _add = new("--add")
    {
        Description = "A baseline to add; may be repeated. Without captures the baselines are united.",
        HelpName = "BASELINE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public Command Build()
    {
        var command = new Command(
            "learn",
            "Learns from captures who uses which service of whom, when and how much, as a baseline for 'portaudit "
                + "audit --against'. It judges nothing: traffic that should not be there is learned as well. Example: "
                + "'portaudit learn captures/domain --site captures/domain/site.yaml -o baseline.json'. "
                + "Exit codes: 0, 2 usage, catalog, site or baseline error, 3 input missing, unreadable or cut (the "
                + "rest is learned), 130 interrupted, 70 internal error.");
        _captures.AddTo(command);
        command.Add(_site);
        command.Add(_saveSite);
        _packets.AddTo(command);
        command.Add(_output);
        command.Add(_add);
        command.Validators.Add(Validate);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        var captures = (result.GetResult(_captures.Captures)?.Tokens.Count ?? 0)
            + (result.GetResult(_captures.ReadFiles)?.Tokens.Count ?? 0);
        if (_captures.Store.IsGiven(result) && result.GetResult(_site) is null)
            result.AddError("--store needs --site: a site is proposed from captures only.");
        if (captures == 0 && !_captures.Points.IsGiven(result) && !_captures.Store.IsGiven(result)
            && (result.GetResult(_add)?.Tokens.Count ?? 0) < 2)
            result.AddError("No capture is given: name captures, or two baselines with --add.");
        if (result.GetResult(_saveSite) is not null && result.GetResult(_site) is not null)
            result.AddError("--save-site writes the site proposed without --site: leave one out.");
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        if (ReadAdded(parsed) is not { } added)
        {
            _captures.LogUnopened(parsed, log);
            return ExitCode.Usage;
        }

        var code = ExitCode.Success;
        ImmutableArray<string> names = [.. _captures.Names(parsed), .. _captures.Points.Captures(parsed)];
        var captures = CaptureRun.Expand(names, log);
        if (OutputOptions.WhyUnusable([parsed.GetValue(_output)!], captures.Paths,
            [.. new[] { parsed.GetValue(_site) }.OfType<string>().Select(Path.GetFullPath)]) is { } unusable)
        {
            log.Error(unusable);
            return ExitCode.Usage;
        }

        using var output = AuditOutput.TryOpen(parsed.GetValue(_output)!, environment, log);
        if (output is null)
            return ExitCode.Usage;
        if (!names.IsEmpty || _captures.Store.IsGiven(parsed.CommandResult))
        {
            code = Learn(parsed, captures, out var learned);
            if (learned is null)
                return code;
            added = added.Insert(0, learned);
        }

        if (!AreOfOneSite(added))
            return ExitCode.Usage;
        var baseline = Unite(added);
        if (!BaselineOutput.Write(baseline, output, log))
            return ExitCode.Usage.And(code);
        if (!output.IsStandardOutput)
            environment.Output.Write($"Learned {Quantity.Of(baseline.Entries.Length, "service")} from "
                + $"{Quantity.Of(baseline.Entries.Sum(entry => entry.Connections), "connection")}, watched for "
                + $"{baseline.WatchText}.\n");
        environment.Output.Flush();
        return code;
    }

    private ImmutableArray<LearnedTraffic>? ReadAdded(ParseResult parsed)
    {
        var added = ImmutableArray.CreateBuilder<LearnedTraffic>();
        var isComplete = true;
        foreach (var path in parsed.GetValue(_add) ?? [])
        {
            if (LearnedOption.TryRead(path, log, out var learned))
                added.Add(learned!);
            else
                isComplete = false;
        }

        return isComplete ? added.ToImmutable() : null;
    }

    private bool AreOfOneSite(ImmutableArray<LearnedTraffic> baselines)
    {
        var sites = baselines.Select(baseline => baseline.Site).Distinct(StringComparer.Ordinal).ToList();
        if (sites.Count == 1)
            return true;
        log.Error($"the baselines are of different sites, '{string.Join("', '", sites)}': roles of one say nothing "
            + "of the other");
        return false;
    }

    private LearnedTraffic Unite(ImmutableArray<LearnedTraffic> baselines)
    {
        var united = baselines[0];
        foreach (var other in baselines.Skip(1))
        {
            if (united.OverlapNs(other) is > 0 and var overlap)
                log.Warning($"baselines watched at the same time for {Duration.ToText(overlap)}: connections that both "
                    + "recorded count twice");
            united = united.UnionWith(other);
        }

        return united;
    }

    /// <summary>Learns from captures; null, with lines in the log, when that is not possible.</summary>
    private ExitCode Learn(ParseResult parsed, CaptureArguments captures, out LearnedTraffic? learned)
    {
        learned = null;
        var (site, save) = (parsed.GetValue(_site), parsed.GetValue(_saveSite));
        var load = site is null ? null : _captures.LoadSite(site, parsed, log);
        var named = _captures.Points.Points(parsed, out var wrong);
        wrong ??= site is null ? ProposedSiteFile.WhyImpossible(captures, save) : null;
        if (wrong is not null)
            log.Error(wrong);
        if (wrong is not null || (site is not null && load is null))
        {
            _captures.LogUnopened(parsed, log);
            return ExitCode.Usage;
        }

        using var saved = save is null ? null : AuditOutput.TryOpen(save, environment, log);
        if (save is not null && saved is null)
            return ExitCode.Usage;
        if (!_captures.Store.TryOpen(parsed, log, out var store))
            return ExitCode.Usage;
        using var opened = store;
        var points = CapturePoint.Join(load?.Site!.CapturePoints ?? [], named);
        var reading = new CaptureRun(environment, log, captures, points,
            _captures.Choices(parsed) with { TraceFlows = points.Length > 1 }, store: store);
        if (reading.Select(_packets.Window(parsed), _packets.FilterOf(parsed)) is not ExitCode.Success and var refused)
            return refused;
        if (load is null && !reading.Paths.IsEmpty)
            load = new ProposedSiteFile(parsed.GetValue(_captures.Rules), log).Propose(reading, save, saved);
        if (load is null)
            return reading.IsInterrupted ? ExitCode.Interrupted : ExitCode.Usage.And(reading.ExitCode);
        var auditor = new Auditor(load.Catalogs!, load.Site! with { CapturePoints = points },
            learning: new LearningOptions());
        if (reading.Read(auditor.Add) is not { } observation)
            return reading.ExitCode;
        learned = auditor.Complete(observation, []).WithEvidence(FrozenDictionary<ulong, FlowFrames>.Empty).Learned;
        if (site is null && save is null)
            log.Warning("the site was proposed from these captures and not saved: save it with --save-site, and audit "
                + "against the baseline with --site");
        return reading.ExitCode;
    }
}
