using System.Collections.Immutable;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Coarser and coarser endpoints for flows that are too many for an exact display filter.</summary>
internal sealed class CoarseTuples : IArchived
{
    private readonly BottomKSet<FlowTuple> _pairs = new(FlowTuples.MaximumTerms);
    private readonly BottomKSet<FlowTuple> _responders = new(FlowTuples.MaximumTerms);
    private readonly BottomKSet<FlowTuple> _services = new(FlowTuples.MaximumTerms);
    private readonly BottomKSet<FlowTuple> _originators = new(FlowTuples.MaximumTerms);

    /// <summary>Display filter of the most exact step that holds all.</summary>
    public string Filter
    {
        get
        {
            if (!_pairs.IsOverflown)
                return DisplayFilter.OfFlows([.. _pairs.Kept], FilterGrain.HostPair);
            if (!_responders.IsOverflown)
                return DisplayFilter.OfFlows([.. _responders.Kept], FilterGrain.Responder);
            if (_services.IsOverflown && !_originators.IsOverflown)
                return DisplayFilter.OfFlows([.. _originators.Kept], FilterGrain.Originator);
            ImmutableArray<FlowTuple> transports =
                [.. _services.Kept.Select(tuple => tuple with { Responder = default }).Distinct()];
            return _services.IsOverflown
                ? DisplayFilter.OfFlows(transports, FilterGrain.Transport)
                : DisplayFilter.OfFlows([.. _services.Kept], FilterGrain.Service);
        }
    }

    public void Add(FlowTuple exact)
    {
        exact = exact with { HasErrors = false, IsFragmented = false };
        var hasPorts = exact.Transport.HasPorts;
        var pair = hasPorts ? exact with { Originator = exact.Originator with { Port = 0 } } : exact;
        var responder = pair with { Originator = hasPorts ? default : new Endpoint(default, exact.Originator.Port) };
        AddTo(_pairs, pair);
        AddTo(_responders, responder);
        AddTo(_services, responder with { Vlan = default, Responder = exact.Responder with { Address = default } });
        AddTo(_originators, hasPorts
            ? pair with { Vlan = default, Responder = default }
            : pair with { Vlan = default, Responder = new Endpoint(default, exact.Responder.Port) });
    }

    /// <summary>Adds the endpoints of <paramref name="other"/> holds, which is not changed.</summary>
    public void UnionWith(CoarseTuples other)
    {
        _pairs.UnionWith(other._pairs);
        _responders.UnionWith(other._responders);
        _services.UnionWith(other._services);
        _originators.UnionWith(other._originators);
    }

    public void Persist(StateArchive archive)
    {
        _pairs.Persist(archive, FlowTuple.Persisted);
        _responders.Persist(archive, FlowTuple.Persisted);
        _services.Persist(archive, FlowTuple.Persisted);
        _originators.Persist(archive, FlowTuple.Persisted);
    }

    // Of a step that overflowed nothing is read any more.
    private static void AddTo(BottomKSet<FlowTuple> step, FlowTuple tuple)
    {
        if (!step.IsOverflown)
            step.Add(tuple);
    }
}
