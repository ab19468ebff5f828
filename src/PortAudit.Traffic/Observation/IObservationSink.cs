using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Receives the results of a <see cref="LiveObservation"/>, one call at a time, on its own thread: finished
/// flows continuously, and at times a snapshot of the active ones. Together they are all that was seen.</summary>
public interface IObservationSink
{
    /// <summary>Receives a finished flow, once.</summary>
    void Add(FlowRecord flow);

    /// <summary>Begins a snapshot: the flows finished so far, and those passed to <see cref="AddUnderWay"/> until
    /// <see cref="EndLook"/>.</summary>
    void BeginSnapshot();

    /// <summary>Receives a flow that was active when the snapshot began. If it ended meanwhile, <see cref="Add"/>
    /// receives it too.</summary>
    void AddUnderWay(FlowRecord flow);

    /// <summary>Ends the snapshot.</summary>
    /// <param name="observation">What was read when the snapshot began.</param>
    void EndLook(ObservationSummary observation);
}
