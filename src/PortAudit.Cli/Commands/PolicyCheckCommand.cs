using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Policies.Lint;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Policies;
using PortAudit.Reports.Text;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit policy check</c>: the lint for configurations of firewalls.</summary>
internal sealed class PolicyCheckCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly PolicyOptions _policies = new();

    private readonly Argument<string[]> _paths = new("FILE")
    {
        Description = "Configurations of firewalls.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Write everything as JSON; '-' writes it to standard output instead of the text.",
        HelpName = "FILE",
    };

    private readonly Option<string> _failOn =
        ChoiceOption.FailOn("Exit with 1 when a finding is at least this grave: info to critical, or never.");

    private readonly Option<bool> _verbose = new("-v", "--verbose")
    {
        Description = "List every line that is not evaluable and every finding, not the first 20 of each kind.",
    };

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour in the text.");

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        var command = new Command("check",
            "Checks configurations of firewalls without any capture: which lines are not evaluable, which rules never "
                + "match as others take all of their packets, which permit everything, are switched off or written "
                + "twice, which lists nothing applies. Example: "
                + "'portaudit policy check captures/firewall/firewall.nft'. Exit codes: 0, 1 findings at or above "
                + "--fail-on, 2 usage, 3 file missing, unreadable or of an unknown format (the others are checked), 70 "
                + "internal error.")
        {
            _paths, _policies.Format, _policies.Addresses, _json, _failOn, _verbose, _color,
        };
        command.Validators.Add(result =>
        {
            foreach (var name in result.GetResult(_paths)?.Tokens.Select(token => token.Value).Where(name =>
                name.StartsWith('-')) ?? [])
                result.AddError(UnknownOption.Text(name, result.Command, isFile: true));
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        string[] paths = [.. (parsed.GetValue(_paths) ?? []).Distinct(StringComparer.Ordinal)];
        var json = parsed.GetValue(_json);
        if (json is not null && OutputOptions.WhyUnusable([json], [], [.. paths.Select(FinalPath.Of)]) is { } problem)
        {
            log.Error(problem);
            return ExitCode.Usage;
        }

        using var output = json is null ? null : AuditOutput.TryOpen(json, environment, log);
        if (json is not null && output is null)
            return ExitCode.Usage;
        var checks = ImmutableArray.CreateBuilder<PolicyCheck>();
        foreach (var path in paths)
        {
            if (_policies.Read(parsed, path, log) is { } policy)
                checks.Add(new PolicyCheck(policy, PolicyLint.Check(policy)));
        }

        _policies.WarnOfUnused(parsed, log);
        var isWritten = Write(parsed, checks.ToImmutable(), output);
        return (checks.Count == paths.Length ? ExitCode.Success : ExitCode.Input)
            .And(isWritten ? ExitCode.Success : ExitCode.Usage)
            .And(Fails(parsed, checks) ? ExitCode.Findings : ExitCode.Success);
    }

    private bool Write(ParseResult parsed, ImmutableArray<PolicyCheck> checks, AuditOutput? output)
    {
        var isWritten =
            output?.WriteText(writer => PolicyCheckJson.Write(checks, ProgramVersion.Text, writer), log) ?? true;
        if (output is not { IsStandardOutput: true } && !checks.IsEmpty)
            PolicyCheckText.Write(checks, environment.Output, new TextReportOptions(environment.Width,
                environment.WantsColor(parsed.GetValue(_color)!), parsed.GetValue(_verbose)));
        environment.Output.Flush();
        return isWritten;
    }

    private bool Fails(ParseResult parsed, IEnumerable<PolicyCheck> checks) =>
        ChoiceOption.SeverityOf(parsed.GetValue(_failOn)!) is { } least && checks.Any(check =>
            check.Lint.Findings.Any(finding => finding.Kind.Severity >= least));
}
