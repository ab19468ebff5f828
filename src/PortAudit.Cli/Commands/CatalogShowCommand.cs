using System.CommandLine;
using PortAudit.Audit.Catalog;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Catalog;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit catalog show</c>: one entry, where it stands, and what concerns it.</summary>
internal sealed class CatalogShowCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CatalogOptions _catalogs = new();

    private readonly Argument<string> _id = new("ID")
    {
        Description =
        "Identifier of a rule, role, condition or any other entry.",
        HelpName = "ID"
    };

    public Command Build()
    {
        _id.CompletionSources.Add(_catalogs.Names.Entries);
        var command = new Command("show",
            "Shows one entry: content, source, note, and overlapping rules. "
                + $"Example: 'portaudit catalog show lync.access-edge.crl'. {CatalogOptions.ExitCodes}")
        {
            _id, _catalogs.Rules,
        };
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        if (_catalogs.Load(parsed, log) is not { } catalogs)
            return ExitCode.Usage;
        var rows = CatalogRows.All(catalogs);
        var id = parsed.GetValue(_id)!;
        if (rows.FirstOrDefault(row => row.Id == id) is not { } found)
        {
            log.Error(EntryNames.Unknown(id, rows.Select(row => row.Id)));
            return ExitCode.Usage;
        }

        CatalogEntryPage.Write(found, catalogs, environment.Output, environment.Width);
        return ExitCode.Success;
    }
}
