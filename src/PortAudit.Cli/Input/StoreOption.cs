using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Cli.Terminal;
using PortAudit.Store;
using PortAudit.Store.Contract;

namespace PortAudit.Cli.Input;

/// <summary><c>--store</c>: flows that were added to a store, instead of captures.</summary>
internal sealed class StoreOption
{
    private readonly Option<string?> _store = new("--store")
    {
        Description = "Take the flows that 'portaudit store add' put into this store, instead of captures.",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="captures">Its other options of captures, most of which have no effect on a store.</param>
    public void AddTo(Command command, CaptureOptions captures)
    {
        command.Add(_store);
        command.Validators.Add(result =>
        {
            if (!IsGiven(result))
                return;
            if (result.GetResult(captures.Captures) is { Tokens.Count: > 0 } || captures.Points.IsGiven(result)
                || result.GetResult(captures.ReadFiles) is not null)
                result.AddError("--store and captures exclude each other: add the captures to the store first.");
            if (captures.TakesExports && result.GetValue(captures.FlowExports))
                result.AddError($"{captures.FlowExports.Name} has no effect on a store, which has no packets.");
            ImmutableArray<Option> early = [captures.DropDuplicates, captures.MergeVlans, captures.EquivalentVlans];
            foreach (var option in early.Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} has no effect on a store: give it to 'portaudit store add'.");
        });
    }

    public bool IsGiven(SymbolResult result) => result.GetResult(_store) is not null;

    public string? Path(ParseResult parsed) => parsed.GetValue(_store);

    /// <summary>Opens the store, if one is given. False, with a line in the log, when that fails.</summary>
    public bool TryOpen(ParseResult parsed, DiagnosticLog log, out FlowStore? store)
    {
        store = null;
        if (parsed.GetValue(_store) is not { } location)
            return true;
        try
        {
            store = Stores.Open(location);
            _ = store.Imports;
            return true;
        }
        catch (StoreException problem)
        {
            store?.Dispose();
            log.Error(problem.Message);
            return false;
        }
    }
}
