using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit catalog check</c>: the lint for catalogs.</summary>
internal sealed class CatalogCheckCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly Argument<string[]> _paths = new("FILE")
    {
        Description =
            "Catalogs, lists of sources, sites, or directories of catalogs; the built-in catalogs without any.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Command Build()
    {
        var command = new Command("check", $"Checks catalogs: every fault with file, line, column and a suggestion, "
            + $"all in one run. Example: 'portaudit catalog check rules'. {CatalogOptions.ExitCodes}")
        {
            _paths,
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
        var diagnostics = new List<Diagnostic>();
        var paths = parsed.GetValue(_paths) ?? [];
        ImmutableArray<CatalogLintResult> results = paths.Length == 0
            ? [CatalogLint.CheckShipped(diagnostics)]
            : [.. paths.Select(path => CatalogLint.Check(path, diagnostics))];
        foreach (var diagnostic in diagnostics.Distinct())
            log.Write(diagnostic);
        if (diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return ExitCode.Usage;

        foreach (var catalog in results.SelectMany(result => result.Catalogs))
            environment.Output.Write($"{catalog.File}: no fault in {Quantity.Of(catalog.Rules.Length, "rule")}\n");
        if (results.Sum(result => result.Sites) is > 0 and var sites)
            environment.Output.Write($"no fault in {Quantity.Of(sites, "site")}\n");
        return ExitCode.Success;
    }
}
