using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>
/// Receives what a <see cref="LiveObservation"/> finds, on a thread of its own and one call after the other: flows that
/// have ended for as long as it goes on, and from time to time a look at those under way. Both together are all that
/// was seen.
/// </summary>
public interface IObservationSink
{
    /// <summary>A flow has ended. It comes once.</summary>
    void Add(FlowRecord flow);

    /// <summary>A look begins: it is about the flows that have ended until now, and those that
    /// <see cref="AddUnderWay"/> brings until <see cref="EndLook"/>.</summary>
    void BeginSnapshot();

    /// <summary>A flow that was under way when the look began, as it stands; one that has ended meanwhile comes to
    /// <see cref="Add"/> as well.</summary>
    void AddUnderWay(FlowRecord flow);

    /// <summary>The look is over.</summary>
    /// <param name="observation">What was read when it began.</param>
    void EndLook(ObservationSummary observation);
}
