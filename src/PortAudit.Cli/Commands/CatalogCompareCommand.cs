using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Needs;
using PortAudit.Audit.Wording;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Catalog;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit catalog compare</c>: what changes from the needs of one product to those of
/// another.</summary>
internal sealed class CatalogCompareCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CatalogOptions _catalogs = new();

    private readonly Argument<string> _first = new("FIRST")
    {
        Description = "The catalog to begin with: an identifier, or a file.",
    };

    private readonly Argument<string> _second = new("SECOND")
    {
        Description = "The catalog to compare it with.",
    };

    private readonly Option<string[]> _same = new("--same")
    {
        Description = "A role of FIRST and the role of SECOND that takes its place; may be repeated.",
        HelpName = "ROLE=ROLE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => ComparisonFormat.All[0].Name,
    };

    public Command Build()
    {
        _first.CompletionSources.Add(_catalogs.Names.Ids);
        _second.CompletionSources.Add(_catalogs.Names.Ids);
        _format.AcceptWords([.. ComparisonFormat.All.Select(format => format.Name)]);
        var command = new Command("compare", "Compares what two products need, by pair of roles, transport and port: "
            + "what both ask for (same; need: more or less urgently), what only the first (gone) or the second (new) "
            + "asks for, and ranges that became narrower, wider or shifted. Parameters have their defaults; conditions "
            + "do not count. Example: 'portaudit catalog compare exchange exchange-2016-2019'. Differences do not "
            + $"change the exit code. {CatalogOptions.ExitCodes}")
        {
            _first, _second, _same, _format, _catalogs.Rules,
        };
        command.Validators.Add(Validate);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        foreach (var argument in new Argument[] { _first, _second })
        {
            foreach (var name in result.GetResult(argument)?.Tokens.Select(token => token.Value) ?? [])
            {
                if (name.StartsWith('-'))
                    result.AddError(UnknownOption.Text(name, result.Command, isFile: true));
                else if (name.Length == 0)
                    result.AddError($"{argument.Name} is empty.");
            }
        }

        foreach (var text in result.GetResult(_same)?.Tokens.Select(token => token.Value) ?? [])
        {
            if (text.Split('=') is not [{ Length: > 0 }, { Length: > 0 }])
                result.AddError($"--same wants ROLE=ROLE, not '{text}'.");
        }
    }

    private ExitCode Execute(ParseResult parsed)
    {
        // Both are read before the first error ends the run: the user sees all of them.
        var (first, second) = (Load(parsed, _first), Load(parsed, _second));
        if (first is null || second is null)
            return ExitCode.Usage;
        if (first.Files[0].Sha256 == second.Files[0].Sha256)
        {
            log.Error($"{parsed.GetValue(_first)} and {parsed.GetValue(_second)} are the same catalog; name two");
            return ExitCode.Usage;
        }

        if (Given(parsed, first, second) is not { } given)
            return ExitCode.Usage;
        var compared = new ComparedCatalogs(CatalogComparison.Of(first, second, given), first.Documents,
            second.Documents);
        if (compared.Comparison.PairsLeftOut is > 0 and var left)
            log.Warning($"{Quantity.Count(left)} pairs of roles beyond the first "
                + $"{Quantity.Count(CatalogComparison.MaximumPairs)} are not compared");
        ComparisonFormat.All.Single(row => row.Name == parsed.GetValue(_format))
            .Write(compared, environment.Output, environment.Width);
        return ExitCode.Success;
    }

    private CatalogSet? Load(ParseResult parsed, Argument<string> argument)
    {
        var name = parsed.GetValue(argument)!;
        var diagnostics = new List<Diagnostic>();
        var catalog = CatalogLibrary.LoadOne(name, parsed.GetValue(_catalogs.Rules), diagnostics);
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
        if (catalog is not { Files: [{ Rules.IsEmpty: true }] })
            return catalog;
        log.Error($"{name}: has no rules, so there is nothing to compare");
        return null;
    }

    /// <summary>The pairs of roles of <c>--same</c>; null, with lines in the log, when one is wrong.</summary>
    private ImmutableArray<KeyValuePair<string, string>>? Given(ParseResult parsed, CatalogSet first, CatalogSet second)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var isSound = true;
        foreach (var text in (parsed.GetValue(_same) ?? []).Distinct(StringComparer.Ordinal))
        {
            var names = text.Split('=');
            var (role, other) = (Role(names[0], first), Role(names[1], second));
            isSound &= role is not null && other is not null;
            if (role is null || other is null)
                continue;
            if (pairs.Any(pair => pair.Value == other))
            {
                log.Error($"--same: {Spelling.Quote(other)} takes the place of two roles; name it once");
                isSound = false;
            }

            pairs.Add(KeyValuePair.Create(role, other));
        }

        return isSound ? pairs.ToImmutable() : null;
    }

    private string? Role(string name, CatalogSet catalog)
    {
        var role = RoleNames.Find(name, catalog, [], out var problem);
        if (role is not null && !BuiltInRoles.Contains(role))
            return role;
        log.Error(role is null
            ? $"--same: {problem} (in {catalog.Files[0].Id})"
            : $"--same: {Spelling.Quote(role)} is the same role in every catalog");
        return null;
    }
}
