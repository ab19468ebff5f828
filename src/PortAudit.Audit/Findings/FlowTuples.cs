using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>The endpoints of all flows of a finding, as exact as a short display filter allows: coarser steps are taken
/// until the terms are few enough.</summary>
internal sealed class FlowTuples : IArchived
{
    /// <summary>Terms of a display filter. Wireshark accepts thousands, a reader does not.</summary>
    public const int MaximumTerms = 100;

    /// <summary>The endpoints of all flows; empty once they are too many.</summary>
    private BottomKSet<FlowTuple> _exact = new(MaximumTerms);

    /// <summary>The coarser steps, when they are too many, which most findings never need.</summary>
    private CoarseTuples? _coarse;

    /// <summary>True when the filter selects more than the flows it was made from: there are too many, or a store
    /// counted them together.</summary>
    public bool IsCoarse => _coarse is not null;

    /// <summary>Display filter that selects all packets of the flows; empty if none.</summary>
    public string Filter => _coarse?.Filter ?? DisplayFilter.OfFlows([.. _exact.Kept], FilterGrain.Exact);

    /// <summary>Adds a flow, or several that were counted together: their originators' ports are then
    /// unknown.</summary>
    public void Add(FlowRecord flow)
    {
        if (flow.Count > 1 && flow.Originator.Port >= FlowGrouping.FirstGroupedPort)
            Coarsen().Add(FlowTuple.Of(flow));
        else
            Add(FlowTuple.Of(flow));
    }

    public void UnionWith(FlowTuples other)
    {
        if (other._coarse is { } coarse)
            Coarsen().UnionWith(coarse);
        foreach (var tuple in other._exact.Kept)
            Add(tuple);
    }

    public void Persist(StateArchive archive)
    {
        _exact.Persist(archive, FlowTuple.Persisted);
        _coarse = archive.Part(_coarse, static () => new CoarseTuples());
    }

    private void Add(FlowTuple tuple)
    {
        if (_coarse is null && _exact.HasRoomFor(tuple))
            _exact.Add(tuple);
        else
            Coarsen().Add(tuple);
    }

    /// <summary>The coarser steps, into which the exact ones go.</summary>
    private CoarseTuples Coarsen()
    {
        if (_coarse is not null)
            return _coarse;
        _coarse = new CoarseTuples();
        foreach (var tuple in _exact.Kept)
            _coarse.Add(tuple);
        _exact = new BottomKSet<FlowTuple>(MaximumTerms);
        return _coarse;
    }
}
