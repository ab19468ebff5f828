using System.CommandLine;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit accept</c>: takes what an audit found to be new into the baseline.</summary>
internal sealed class AcceptCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly Argument<string> _baseline = new("BASELINE") { Description = "The baseline, which is changed." };

    private readonly Argument<string> _report = new("REPORT")
    {
        Description = "The JSON report of 'portaudit audit --against BASELINE'.",
    };

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "Findings of the report, or services below them, by their identifiers.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Accept all that the report lists as new." };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why it belongs there; kept in the baseline.",
        HelpName = "TEXT",
        Required = true,
    };

    public Command Build()
    {
        var command = new Command(
            "accept",
            "Takes services that an audit lists as new into the baseline, so that they are not listed again. Example: "
                + "'portaudit accept baseline.json report.json --all --reason backup'. "
                + "Exit codes: 0, 2 usage, a file that cannot be used, or an unknown ID (nothing is changed), 70 "
                + "internal error.")
        {
            _baseline, _report, _ids, _all, _reason,
        };
        command.Validators.Add(result =>
        {
            var isNamed = result.GetResult(_ids) is { Tokens.Count: > 0 };
            if (isNamed == result.GetValue(_all))
                result.AddError(isNamed ? "--all already accepts each ID: leave one out." : "Name an ID, or --all.");
            if (string.IsNullOrWhiteSpace(result.GetValue(_reason)))
                result.AddError("--reason is empty.");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        var (path, report) = (parsed.GetValue(_baseline)!, parsed.GetValue(_report)!);
        var isRead = LearnedOption.TryRead(path, log, out var baseline);
        if (!LearnedFile.TryReadNews(report, out var news, out var problem))
            log.Error($"{report}: {problem}");
        if (!isRead || news is null)
            return ExitCode.Usage;
        if (news.Site != baseline!.Site)
        {
            log.Error($"{report}: is about the site '{news.Site}', the baseline about '{baseline.Site}'");
            return ExitCode.Usage;
        }

        var ids = parsed.GetValue(_ids)!.ToHashSet(StringComparer.Ordinal);
        var rows = news.Rows.Where(row => parsed.GetValue(_all) || ids.Contains(row.Finding)
            || ids.Contains(row.Entry.Id)).ToList();
        foreach (var id in ids.Where(id => !rows.Exists(row => row.Finding == id || row.Entry.Id == id)))
            log.Error($"{report}: lists nothing new with the identifier '{id}'");
        if (ids.Count > 0 && !ids.All(id => rows.Exists(row => row.Finding == id || row.Entry.Id == id)))
            return ExitCode.Usage;
        var entries = rows.Select(row => row.Entry).DistinctBy(entry => entry.Id).ToList();
        using var output = AuditOutput.TryOpen(path, environment, log);
        if (output is null
            || !BaselineOutput.Write(baseline.Accept(entries, parsed.GetValue(_reason)!), output, log))
            return ExitCode.Usage;
        environment.Output.Write($"Accepted {Quantity.Of(entries.Count, "service")}.\n");
        return ExitCode.Success;
    }
}
