using System.CommandLine;
using System.Globalization;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Writing;
using PortAudit.Store;
using PortAudit.Store.Contract;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit store list</c>: what a store has.</summary>
internal sealed class StoreListCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private const int Seconds = 0;

    private readonly Option<string> _store = StoreCommand.Location("The store.");

    public Command Build()
    {
        var command = new Command(
            "list",
            "Lists what was added to a store: time, flows, and each capture with its checksum. "
                + "Example: 'portaudit store list --store flows.duckdb'. "
                + "Exit codes: 0, 2 usage, or a store that cannot be used, 70 internal error.")
        {
            _store,
        };
        command.SetAction(parsed => (int)Execute(parsed.GetValue(_store)!));
        return command;
    }

    private ExitCode Execute(string location)
    {
        try
        {
            using var store = Stores.Open(location);
            foreach (var import in store.Imports)
                Write(import);
            if (store.Imports.IsEmpty)
                environment.Output.Write("The store is empty.\n");
            return ExitCode.Success;
        }
        catch (StoreException failure)
        {
            log.Error(failure.Message);
            return ExitCode.Usage;
        }
    }

    private void Write(StoredImport import)
    {
        var time = import is { FirstNs: { } first, LastNs: { } last }
            ? $"{ReportTime.Format(first, Seconds)} to {ReportTime.Format(last, Seconds)}"
            : "without packets";
        environment.Output.Write($"{time}: {Quantity.Of(import.Flows, "flow")}, added "
            + $"{import.Added.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} by version "
            + $"{import.Program}\n");
        foreach (var input in import.Inputs)
            environment.Output.Write($"  {input.Sha256}  {input.Path} ({Quantity.Of(input.Bytes, "byte")})\n");
    }
}
