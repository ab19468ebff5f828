using System.Collections.Immutable;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Contract;

/// <summary>An import under way. One that is disposed of before it is completed leaves nothing behind.</summary>
public interface IStoreImport : IDisposable
{
    /// <summary>Adds a flow.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    void Add(FlowRecord flow);

    /// <summary>Makes it part of the store.</summary>
    /// <param name="observation">What was read, with the numbers of captures and announcements from the beginning.
    /// </param>
    /// <param name="inputs">The captures, in the order of the observation.</param>
    /// <param name="program">Version of the program.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    void Complete(ObservationSummary observation, ImmutableArray<StoredInput> inputs, string program,
        DateTimeOffset now);
}
