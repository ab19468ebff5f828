using System.CommandLine;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit store</c>: keeps the flows of captures and logs for later audits.</summary>
internal sealed class StoreCommand(CommandEnvironment environment, DiagnosticLog log)
{
    /// <summary>The command with its subcommands.</summary>
    public Command Build() => new("store",
        "Keeps the flows of many captures and logs in a file, for audits of months and of many places. "
            + "Example: 'portaudit store add captures/lync-edge --store flows.duckdb', then "
            + "'portaudit audit --store flows.duckdb --site captures/lync-edge/site.yaml'.")
    {
        new StoreAddCommand(environment, log).Build(),
        new StoreListCommand(environment, log).Build(),
        new StoreExportCommand(environment, log).Build(),
    };

    /// <summary>The option that says which store, where there has to be one.</summary>
    public static Option<string> Location(string description) => new("--store")
    {
        Description = description,
        HelpName = "FILE",
        Required = true,
    };
}
