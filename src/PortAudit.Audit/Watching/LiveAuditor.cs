using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Watching;

/// <summary>Judges a live observation: ended flows once, and at each evaluation a separate auditor also judges the
/// flows under way. Called on the thread of the observation's sink.</summary>
/// <param name="blank">Makes an auditor that has judged nothing, by the same catalogs and the same site each
/// time.</param>
/// <param name="ended">Judges the flows that have ended; what it has judged before counts as well.</param>
/// <param name="looked">Receives the auditor of each evaluation, to keep, and what was observed.</param>
public sealed class LiveAuditor(Func<Auditor> blank, Auditor ended,
    Action<Auditor, ObservationSummary> looked) : IObservationSink
{
    private Auditor? _look;

    /// <summary>The auditor of the flows that have ended: all of them, once the observation is complete.</summary>
    public Auditor Ended => ended;

    /// <inheritdoc />
    public void Add(FlowRecord flow) => ended.Add(flow);

    /// <inheritdoc />
    public void BeginSnapshot()
    {
        _look = blank();
        _look.UnionWith(ended);
    }

    /// <inheritdoc />
    public void AddUnderWay(FlowRecord flow) => _look!.Add(flow);

    /// <inheritdoc />
    public void EndLook(ObservationSummary observation)
    {
        var look = _look!;
        _look = null;
        looked(look, observation);
    }
}
