using System.Collections.Immutable;
using PortAudit.Audit.Saving;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Contract;

/// <summary>
/// Flows of many captures and logs, kept for later audits. What is added in one run, an import, is there as a whole or
/// not at all, whatever ends the program.
/// </summary>
public abstract class FlowStore : IDisposable
{
    /// <summary>Version of the tables. It grows with every change of them, and of <see cref="FlowDetails"/>.</summary>
    public const int FormatVersion = 1;

    /// <summary>Identifiers of flows in one query: they stand in its text, of which ClickHouse takes 256 KiB.</summary>
    private const int IdsOfQuery = 8_000;

    private ImmutableArray<StoredImport> _imports;

    private protected FlowStore(string location) => Location = location;

    /// <summary>Where it is, as the user named it.</summary>
    public string Location { get; }

    /// <summary>What was added, by the time of the first packet.</summary>
    public ImmutableArray<StoredImport> Imports
    {
        get
        {
            if (_imports.IsDefault)
                _imports =
                [
                    .. ReadImports().OrderBy(import => import.FirstNs ?? long.MaxValue)
                        .ThenBy(import => import.Inputs.IsEmpty ? "" : import.Inputs[0].Sha256, StringComparer.Ordinal)
                        .ThenBy(import => import.Id),
                ];
            return _imports;
        }
    }

    /// <summary>Begins an import. It is in the store once it is completed.</summary>
    public abstract IStoreImport Begin();

    /// <summary>Reads all flows, in no order, and what was observed. Captures are numbered by import, in the order of
    /// <see cref="Imports"/>.</summary>
    /// <param name="options">Which flows.</param>
    /// <param name="sink">Receives every flow, or every group of alike ones.</param>
    /// <param name="position">Receives the packets of the flows; may be null.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The joined observations; null when the store is empty.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public ObservationSummary? Read(StoreReading options, Action<FlowRecord> sink, ReadingPosition? position,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Imports.IsEmpty)
            return null;
        var numbers = Numbered(options, out var observations);
        var repeated = new RepeatedRows(observations);
        void Take(FlowRecord flow)
        {
            if (position is not null)
                position.Packets += flow.Out.Packets + flow.In.Packets;
            if (!repeated.IsRepeat(flow))
                sink(flow);
        }

        if (repeated is { Time: not null, HasCaptures: true })
        {
            ReadFlows(new FlowReading(options with { IsOfLog = false }, numbers, repeated.Time), Take, cancellation);
            ReadFlows(new FlowReading(options with { IsOfLog = true }, numbers, repeated.Time), Take, cancellation);
        }
        else
        {
            ReadFlows(new FlowReading(options, numbers, repeated.Time), Take, cancellation);
        }

        return repeated.Noted(Joined(observations, 0, observations.Count));
    }

    /// <summary>Flows with all that is stored of them: of those that were counted together, the one that stands for
    /// them.</summary>
    /// <param name="flows">Flows that were read.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The flows by <see cref="FlowRecord.Id"/>.</returns>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public IReadOnlyDictionary<ulong, FlowRecord> Find(IReadOnlyCollection<FlowRecord> flows,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(flows);
        var wanted = flows.Select(flow => (flow.Id, flow.Capture)).ToHashSet();
        var found = new Dictionary<ulong, FlowRecord>();
        var all = new StoreReading();
        var numbers = Numbered(all, out _);
        foreach (var ids in wanted.Select(flow => flow.Id).Distinct().Chunk(IdsOfQuery))
            ReadFlows(new FlowReading(all with { Ids = [.. ids] }, numbers, null), flow =>
            {
                if (wanted.Contains((flow.Id, flow.Capture)))
                    found.TryAdd(flow.Id, flow);
            }, cancellation);
        return found;
    }

    /// <summary>Flows that start outside a time.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public abstract long CountOutside(StoreReading options);

    /// <summary>Writes all flows to a file of Apache Parquet, with the columns of the list of flows.</summary>
    /// <param name="path">The file; it is replaced as a whole.</param>
    /// <exception cref="StoreException">The store cannot be read, or the file not be written.</exception>
    public abstract void ExportParquet(string path);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract IEnumerable<StoredImport> ReadImports();

    private protected abstract void ReadFlows(FlowReading reading, Action<FlowRecord> sink,
        CancellationToken cancellation);

    /// <summary>Closes it.</summary>
    private protected abstract void Dispose(bool isDisposing);

    private protected void Forget() => _imports = default;

    /// <summary>The numbers that each import begins with.</summary>
    /// <param name="options">The time.</param>
    /// <param name="observations">What was observed in it, import by import.</param>
    private Dictionary<long, ObservationNumbers> Numbered(StoreReading options,
        out List<ObservationSummary> observations)
    {
        var numbers = new Dictionary<long, ObservationNumbers>();
        observations = [];
        var (captures, announcements) = (0, 0);
        foreach (var import in Imports)
        {
            var begin = new ObservationNumbers(captures, announcements, 0);
            var observation = Loaded(import, begin);
            numbers.Add(import.Id, begin with { Captures = observation.Captures.Length });
            captures += observation.Captures.Length;
            announcements = Math.Max(announcements, observation.NextAnnouncement - 1);
            observations.Add(observation.Within(options.SinceNs, options.UntilNs));
        }

        return numbers;
    }

    private ObservationSummary Loaded(StoredImport import, ObservationNumbers numbers)
    {
        try
        {
            return FlowDetails.LoadObservation(import.Observation, numbers);
        }
        catch (InvalidDataException damage)
        {
            throw new StoreException(Location, $"what was observed of {import.Inputs[0].Path} is damaged: "
                + damage.Message);
        }
    }

    /// <summary>The observations of a range as one. Joined by halves: one after the other, all that were joined would
    /// be copied each time.</summary>
    private static ObservationSummary Joined(List<ObservationSummary> all, int from, int to) => to - from == 1
        ? all[from]
        : Joined(all, from, (from + to) / 2).Beside(Joined(all, (from + to) / 2, to));
}
