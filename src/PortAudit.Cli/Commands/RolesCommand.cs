using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Roles;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit roles</c>: proposes a site file from behaviour, or holds a site's claims against it.</summary>
internal sealed class RolesCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CaptureOptions _captures = new() { TakesExports = true };

    private readonly Option<string?> _site = new("--site")
    {
        Description =
        "A site file: its roles are compared with behaviour, and nothing is proposed.",
        HelpName = "FILE"
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description =
        "Output format: yaml (default without --site), json, or text (default with --site)."
    };

    private readonly Option<string[]> _catalogs = new("--catalogs")
    {
        Description = "Catalogs whose roles are considered, separated by commas. Default: all, or those of the site.",
        HelpName = "LIST",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _minimum = new("--minimum-confidence")
    {
        Description = "Least confidence of a role that is proposed, or reported against the site: low, medium, high.",
        HelpName = "CONFIDENCE",
        DefaultValueFactory = _ => Confidence.Medium.ToText(),
    };

    private readonly Option<string> _failOn = ChoiceOption.FailOn(
        "With --site: least severity of a role-mismatch that makes exit code 1 (high confidence is "
            + "medium, medium confidence is low), or never.");

    public Command Build()
    {
        _catalogs.CompletionSources.Add(new CatalogCompletion(_captures.Rules).Ids);
        _format.AcceptWords([.. RoleFormat.All.Select(format => format.Name)]);
        _minimum.AcceptWords([.. Enum.GetValues<Confidence>().Select(confidence => confidence.ToText())]);
        var command = new Command(
            "roles",
            "Proposes a site file from behaviour, to be confirmed; with --site, compares the site's roles "
                + "against behaviour. Example: 'portaudit roles captures/lync-edge'. " +
            "Exit codes: 0, 1 the site's claims are contradicted at or above --fail-on, 2 usage, catalog or site "
                + "error, 3 input missing, unreadable or cut " +
            "(results for the rest are written), 130 interrupted, 70 internal error.");
        _captures.AddTo(command);
        command.Add(_site);
        command.Add(_format);
        command.Add(_catalogs);
        command.Add(_minimum);
        command.Add(_failOn);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_site) is not null && result.GetValue(_format) is { } name
                && RoleFormat.All.Any(format => format.Name == name && !format.ShowsComparison))
                result.AddError($"--format {name} shows proposals only; leave out --site, or use json or text.");
            if (result.GetResult(_site) is null && result.GetResult(_failOn) is { Implicit: false })
                result.AddError($"{_failOn.Name} needs a site: name it with {_site.Name}.");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        SiteFile? site = null;
        CatalogSet? catalogs = null;
        var isSiteGood = true;
        if (parsed.GetValue(_site) is { } path)
        {
            var load = _captures.LoadSite(path, parsed, log);
            (site, catalogs, isSiteGood) = (load?.Site, load?.Catalogs, load is not null);
        }

        if ((catalogs is null && isSiteGood) || parsed.GetResult(_catalogs) is not null)
            catalogs = LoadCatalogs(parsed);
        if (catalogs is null || !isSiteGood)
        {
            _captures.LogUnopened(parsed, log);
            return ExitCode.Usage;
        }

        var survey = new RoleSurvey(catalogs);
        var reading = new CaptureRun(environment, log, CaptureRun.Expand(_captures.Names(parsed), log),
            site?.CapturePoints ?? [], _captures.Choices(parsed) with { SeenOnLink = survey.Add },
            parsed.GetValue(_captures.FlowExports));
        if (reading.Read(survey.Add) is not { } observation)
            return reading.ExitCode;
        var minimum = Enum.GetValues<Confidence>()
            .Single(confidence => confidence.ToText() == parsed.GetValue(_minimum));
        var code = site is null
            ? Propose(parsed, survey.Propose(observation, minimum), reading, catalogs)
            : Compare(parsed, survey.Compare(site, observation, minimum), reading);
        return code.And(reading.ExitCode);
    }

    private CatalogSet? LoadCatalogs(ParseResult parsed)
    {
        var rules = parsed.GetValue(_captures.Rules);
        ImmutableArray<string> named =
        [
            .. (parsed.GetValue(_catalogs) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries
                | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal),
        ];
        var diagnostics = new List<Diagnostic>();
        var catalogs = CatalogLibrary.Load(named.IsEmpty ? CatalogLibrary.Ids(rules, []) : named, rules, diagnostics);
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
        return catalogs;
    }

    private ExitCode Propose(ParseResult parsed, RoleProposals found, CaptureRun reading, CatalogSet catalogs)
    {
        var proposals = found.With(reading.Evidence(RoleFrames.ToFetch(RoleFrames.RolesOf(found))));
        var run = RunOf(proposals.Observation, reading);
        if (proposals.WhyEmpty is { } why)
            log.Warning($"nothing is proposed: {why}");
        switch (parsed.GetValue(_format))
        {
            case "json":
                RoleJson.Write(proposals, run, environment.Output);
                break;
            case "text":
                RoleText.Write(proposals, run, environment.Output, environment.Width);
                break;
            default:
                RoleYaml.Write(proposals, run, catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id),
                    environment.Output);
                break;
        }

        return ExitCode.Success;
    }

    private ExitCode Compare(ParseResult parsed, RoleComparison found, CaptureRun reading)
    {
        var comparison = found.With(reading.Evidence(RoleFrames.ToFetch(RoleFrames.RolesOf(found))));
        var run = RunOf(comparison.Observation, reading);
        if (parsed.GetValue(_format) == RoleFormat.Json.Name)
            RoleJson.Write(comparison, run, environment.Output);
        else
            RoleText.Write(comparison, run, environment.Output, environment.Width);
        return Judge(comparison, parsed.GetValue(_failOn)!);
    }

    private static RoleRun RunOf(ObservationSummary observation, CaptureRun reading) => new(
        ProgramVersion.Text,
        observation,
        [.. reading.Problems.Errors, .. reading.Problems.Warnings],
        reading.IsInterrupted || !reading.Problems.Errors.IsEmpty);

    private static ExitCode Judge(RoleComparison comparison, string failOn)
    {
        if (failOn == ChoiceOption.Never)
            return ExitCode.Success;
        var least = Enum.GetValues<Severity>().Single(severity => severity.ToText() == failOn);
        return comparison.Claims.Any(claim =>
            claim is { Kind: RoleClaimKind.RoleMismatch, Found: { } found } && RoleMismatchSeverity.Of(found) >= least)
            ? ExitCode.Findings
            : ExitCode.Success;
    }
}
