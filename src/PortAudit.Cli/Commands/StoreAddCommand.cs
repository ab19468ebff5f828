using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Store;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit store add</c>: puts the flows of captures and logs into a store.</summary>
internal sealed class StoreAddCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CaptureOptions _captures = new() { TakesPoints = true, TakesExports = true };

    private readonly Option<string> _store = StoreCommand.Location("The store; it is made if it is not there.");

    private readonly Option<string?> _site = new("--site")
    {
        Description = "A site file: its capture points name where captures were recorded. An audit may use another "
            + "site later, with the same names.",
        HelpName = "FILE",
    };

    public Command Build()
    {
        var command = new Command(
            "add",
            "Adds the flows of captures and logs to a store, all of one run or none of them. What the store has "
                + "already, by its checksum, is left out. Read together what belongs together: a flow that goes on in "
                + "a capture of another run is two flows. "
                + "Example: 'portaudit store add captures/lync-edge --store flows.duckdb'. "
                + "Exit codes: 0, 2 usage, site error, or a store that cannot be used (nothing is added), 3 input "
                + "missing, unreadable or cut (the rest is added), 130 interrupted (nothing is added), 70 internal "
                + "error.");
        _captures.AddTo(command);
        command.Add(_store);
        command.Add(_site);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        SiteLoad? load = null;
        if (parsed.GetValue(_site) is { } site && (load = _captures.LoadSite(site, parsed, log)) is null)
            return ExitCode.Usage;
        var named = _captures.Points.Points(parsed, out var problem);
        var arguments = CaptureRun.Expand([.. _captures.Names(parsed), .. _captures.Points.Captures(parsed)], log);
        if (arguments.ReadOnce is { } once)
            problem ??= $"a store knows captures by their checksum, and {once} can be read once only: save it to a "
                + "file first";
        var location = parsed.GetValue(_store)!;
        if (arguments.Names(location))
            problem ??= $"{location}: is named as a capture and as the store";
        if (problem is not null)
        {
            log.Error(problem);
            return ExitCode.Usage;
        }

        try
        {
            using var store = Stores.OpenToWrite(location);
            return Add(parsed, store, arguments, CapturePoint.Join(load?.Site!.CapturePoints ?? [], named));
        }
        catch (StoreException failure)
        {
            log.Error(failure.Message);
            return ExitCode.Usage;
        }
    }

    private ExitCode Add(ParseResult parsed, FlowStore store, CaptureArguments arguments,
        ImmutableArray<CapturePoint> points)
    {
        var files = NewFiles.Of(arguments.Paths, store, log, environment.Interrupt);
        if (environment.Interrupt.IsCancellationRequested)
            return Interrupted();
        if (!files.HasRefused && files.Paths.IsEmpty && arguments.Missing.IsEmpty)
        {
            environment.Output.Write($"Nothing to add: {store.Location} has all of it.\n");
            return ExitCode.Success;
        }

        var reading = new CaptureRun(environment, log, arguments with { Paths = files.Paths }, points,
            _captures.Choices(parsed) with
            {
                KeepFrames = true,
                TraceFlows = !points.IsEmpty,
                TimeBytes = true,
                Behaviour = BehaviourCounting.Unproved,
            }, parsed.GetValue(_captures.FlowExports));
        using var import = store.Begin();
        var flows = 0L;
        var observation = reading.Read(flow =>
        {
            import.Add(flow);
            flows++;
        });
        if (reading.IsInterrupted)
            return Interrupted();
        var code = reading.ExitCode.And(files.HasRefused ? ExitCode.Input : ExitCode.Success);
        if (observation is null)
            return code;
        if (observation.Captures.FirstOrDefault(capture => !files.Inputs.ContainsKey(capture.Path)) is { } changed)
        {
            log.Error($"{changed.Path}: it could not be read at first, so that its checksum is unknown; nothing was "
                + "added");
            return code.And(ExitCode.Input);
        }

        ImmutableArray<StoredInput> inputs = [.. observation.Captures.Select(capture => files.Inputs[capture.Path])];
        import.Complete(observation, inputs, ProgramVersion.Text, TimeProvider.System.GetUtcNow());
        environment.Output.Write($"Added {Quantity.Of(flows, "flow")} of "
            + $"{Quantity.Of(inputs.Distinct().Count(), "capture")} to "
            + $"{store.Location}.\n");
        return code;
    }

    private ExitCode Interrupted()
    {
        log.Warning("nothing was added");
        return ExitCode.Interrupted;
    }
}
