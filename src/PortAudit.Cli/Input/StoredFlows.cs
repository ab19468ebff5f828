using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Cli.Terminal;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Input;

/// <summary>The flows of a store, as a run reads them.</summary>
internal sealed class StoredFlows(FlowStore store)
{
    private bool _isGrouped;

    /// <summary>Paths of the captures, as <see cref="FlowRecord.Capture"/> counts them.</summary>
    public ImmutableArray<string> Paths => [.. Inputs.Select(input => input.Path)];

    /// <summary>SHA-256 by path. Several captures may have had one path: of those none is named. A capture that was
    /// read for export datagrams, too, is there twice.</summary>
    public FrozenDictionary<string, string> Hashes => Inputs.Distinct().GroupBy(input => input.Path,
            StringComparer.Ordinal)
        .Where(inputs => inputs.Count() == 1)
        .ToFrozenDictionary(inputs => inputs.Key, inputs => inputs.First().Sha256, StringComparer.Ordinal);

    /// <summary>Flows that the last reading left out, as they start outside the time.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Why the store could not be read to its end; null when it could.</summary>
    public string? Problem { get; private set; }

    private IEnumerable<StoredInput> Inputs => store.Imports.SelectMany(import => import.Inputs);

    /// <summary>Reads the flows that start in a time.</summary>
    /// <returns>What was observed; null, with a <see cref="Problem"/>, when the store is empty or cannot be read.
    /// </returns>
    public ObservationSummary? Read(PacketSelection window, FlowGrouping? grouping, Action<FlowRecord> sink,
        ReadingPosition position, CancellationToken interrupt)
    {
        _isGrouped = grouping is not null;
        var reading = new StoreReading
        {
            SinceNs = window.SinceNs,
            UntilNs = window.UntilNs,
            Grouping = grouping,
        };
        try
        {
            LeftOut = store.CountOutside(reading);
            var observation = store.Read(reading, sink, position, interrupt);
            Problem = observation is null ? $"{store.Location}: the store is empty" : null;
            return observation;
        }
        catch (StoreException problem)
        {
            Problem = problem.Message;
            return null;
        }
    }

    /// <summary>The frames that prove flows, by <see cref="FlowRecord.Id"/>: those that the store keeps.</summary>
    public IReadOnlyDictionary<ulong, FlowFrames> Evidence(ImmutableArray<FlowRecord> flows, DiagnosticLog log,
        CancellationToken interrupt)
    {
        var whole = Whole(flows, log, interrupt);
        return flows.ToDictionary(flow => flow.Id, flow => whole.GetValueOrDefault(flow.Id) is { } own
            ? EvidencePass.OfKept(own with { Count = flow.Count, Out = flow.Out, In = flow.In }) with { Log = own.Log }
            : EvidencePass.OfKept(flow));
    }

    private IReadOnlyDictionary<ulong, FlowRecord> Whole(ImmutableArray<FlowRecord> flows, DiagnosticLog log,
        CancellationToken interrupt)
    {
        try
        {
            return _isGrouped
                ? store.Find([.. flows.Where(flow => FlowLikenesses.Of(flow) != FlowLikeness.None)], interrupt)
                : ImmutableDictionary<ulong, FlowRecord>.Empty;
        }
        catch (StoreException problem)
        {
            log.Error($"{problem.Message}: the frames of some findings could not be read");
            return ImmutableDictionary<ulong, FlowRecord>.Empty;
        }
    }
}
