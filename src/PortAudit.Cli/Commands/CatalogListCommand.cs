using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Catalog;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Catalog;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit catalog list</c>: entries of catalogs.</summary>
internal sealed class CatalogListCommand(CommandEnvironment environment, DiagnosticLog log)
{
    /// <summary>The word of <c>--kind</c> that keeps every kind.</summary>
    private const string EveryKind = "all";

    private readonly CatalogOptions _catalogs = new();

    private readonly Option<string> _kind = new("--kind")
    {
        Description = "Which entries to list.",
        DefaultValueFactory = _ => EntryKind.Rule.ToText()
    };

    private readonly Option<string?> _role = new("--role")
    {
        Description =
        "Only what concerns this role, by its identifier or a name of the documents.",
        HelpName = "ROLE"
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => CatalogFormat.All[0].Name
    };

    public Command Build()
    {
        _role.CompletionSources.Add(_catalogs.Names.Roles);
        _kind.AcceptWords([.. Enum.GetValues<EntryKind>().Select(kind => kind.ToText()), EveryKind]);
        _format.AcceptWords([.. CatalogFormat.All.Select(format => format.Name)]);
        var command = new Command("list",
            "Lists entries of the catalogs: rules, roles, conditions and the rest. "
                + $"Example: 'portaudit catalog list --catalog teams --kind all'. {CatalogOptions.ExitCodes}")
        {
            _kind, _catalogs.Catalogs, _role, _format, _catalogs.Rules,
        };
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        if (_catalogs.Load(parsed, log) is not { } catalogs)
            return ExitCode.Usage;
        var rows = CatalogRows.All(catalogs);
        if (parsed.GetValue(_role) is { } name)
        {
            if (RoleNames.Find(name, catalogs, [], out var problem) is not { } role)
            {
                log.Error(problem);
                return ExitCode.Usage;
            }

            rows = CatalogScope.Concerning(role, rows, catalogs);
        }

        var kind = parsed.GetValue(_kind);
        ImmutableArray<CatalogRow> kept = [.. rows.Where(row => kind == EveryKind || row.Kind.ToText() == kind)];
        var format = CatalogFormat.All.Single(row => row.Name == parsed.GetValue(_format));
        format.Write(new CatalogList(kept, catalogs.Documents), environment.Output,
            environment.OutputIsTerminal ? environment.Width : null);
        return ExitCode.Success;
    }
}
