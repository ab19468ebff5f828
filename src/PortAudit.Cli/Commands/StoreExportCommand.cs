using System.CommandLine;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Store;
using PortAudit.Store.Contract;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit store export</c>: writes the flows of a store for other tools.</summary>
internal sealed class StoreExportCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly Option<string> _store = StoreCommand.Location("The store.");

    private readonly Option<string> _parquet = new("--parquet")
    {
        Description = "The file to write, in the format of Apache Parquet, with the columns of 'portaudit flows'.",
        HelpName = "FILE",
        Required = true,
    };

    public Command Build()
    {
        var command = new Command(
            "export",
            "Writes the flows of a store to a file that other tools read. "
                + "Example: 'portaudit store export --store flows.duckdb --parquet flows.parquet'. "
                + "Exit codes: 0, 2 usage, a store that cannot be used or a file that cannot be written, 70 internal "
                + "error.")
        {
            _store, _parquet,
        };
        command.SetAction(parsed => (int)Execute(parsed.GetValue(_store)!, parsed.GetValue(_parquet)!));
        return command;
    }

    private ExitCode Execute(string location, string path)
    {
        if (OutputOptions.WhyUnusable([path], [], [Path.GetFullPath(location)]) is { } unusable)
        {
            log.Error(unusable);
            return ExitCode.Usage;
        }

        try
        {
            using var store = Stores.Open(location);
            store.ExportParquet(path);
            environment.Output.Write($"Wrote {Quantity.Of(store.Imports.Sum(import => import.Flows), "flow")} to "
                + $"{path}.\n");
            return ExitCode.Success;
        }
        catch (StoreException failure)
        {
            log.Error(failure.Message);
            return ExitCode.Usage;
        }
    }
}
