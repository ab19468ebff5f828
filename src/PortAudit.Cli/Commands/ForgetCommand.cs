using System.CommandLine;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit forget</c>: takes services out of a baseline.</summary>
internal sealed class ForgetCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly Argument<string> _baseline = new("BASELINE") { Description = "The baseline, which is changed." };

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "Services by their identifiers.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Forget services that this role uses.",
        HelpName = "ROLE",
    };

    private readonly Option<string?> _to = new("--to")
    {
        Description = "Forget services that this role offers; with --from, those between both.",
        HelpName = "ROLE",
    };

    public Command Build()
    {
        var command = new Command(
            "forget",
            "Takes services out of a baseline: the next audit against it lists them as new. Example: "
                + "'portaudit forget baseline.json --from domain-client --to domain-controller'. "
                + "Exit codes: 0, 2 usage, a file that cannot be used, or services that it does not have (nothing is "
                + "changed), 70 internal error.")
        {
            _baseline, _ids, _from, _to,
        };
        command.Validators.Add(result =>
        {
            var isNamed = result.GetResult(_ids) is { Tokens.Count: > 0 };
            var hasRoles = result.GetResult(_from) is not null || result.GetResult(_to) is not null;
            if (isNamed == hasRoles)
                result.AddError(isNamed ? "Name IDs or roles, not both." : "Name an ID, or --from or --to.");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        var path = parsed.GetValue(_baseline)!;
        if (!LearnedOption.TryRead(path, log, out var baseline))
            return ExitCode.Usage;
        var ids = parsed.GetValue(_ids)!.ToHashSet(StringComparer.Ordinal);
        var (from, to) = (parsed.GetValue(_from), parsed.GetValue(_to));
        var unknown = ids.Where(id => !baseline!.Entries.Any(entry => entry.Id == id)).ToList();
        foreach (var id in unknown)
            log.Error($"{path}: has no service with the identifier '{id}'");
        var kept = baseline!.Entries.Where(entry => ids.Count > 0
            ? !ids.Contains(entry.Id)
            : (from is not null && entry.FromRole != from) || (to is not null && entry.ToRole != to)).ToList();
        if (unknown.Count > 0)
            return ExitCode.Usage;
        var forgotten = baseline.Entries.Length - kept.Count;
        if (forgotten == 0)
        {
            log.Error($"{path}: has no such service, so there is nothing to forget");
            return ExitCode.Usage;
        }

        using var output = AuditOutput.TryOpen(path, environment, log);
        if (output is null || !BaselineOutput.Write(baseline.With(kept), output, log))
            return ExitCode.Usage;
        environment.Output.Write($"Forgot {Quantity.Of(forgotten, "service")}.\n");
        return ExitCode.Success;
    }
}
