using System.Collections.Immutable;
using PortAudit.Audit.State;
using PortAudit.Traffic.Flows;

namespace PortAudit.Audit.Findings;

/// <summary>
/// The ends of all flows of a finding, as exact as a display filter of bearable length can be: while there are too many for one
/// step of the ladder, the next and coarser one is taken.
/// </summary>
internal sealed class FlowTuples : IArchived
{
    /// <summary>Terms of a filter at most. Wireshark takes thousands, a reader and a clipboard do not.</summary>
    public const int MaximumTerms = 100;

    private readonly SmallestSet<FlowTuple> _exact = new(MaximumTerms);
    private readonly SmallestSet<FlowTuple> _pairs = new(MaximumTerms);
    private readonly SmallestSet<FlowTuple> _responders = new(MaximumTerms);
    private readonly SmallestSet<FlowTuple> _services = new(MaximumTerms);
    private readonly SmallestSet<FlowTuple> _originators = new(MaximumTerms);

    /// <summary>True when the filter selects more than the flows it was made from.</summary>
    public bool IsCoarse => _exact.IsOverflown;

    /// <summary>Display filter that selects all packets of the flows; empty without any.</summary>
    public string Filter
    {
        get
        {
            if (!_exact.IsOverflown)
                return DisplayFilter.OfFlows([.. _exact.Kept], FilterGrain.Exact);
            if (!_pairs.IsOverflown)
                return DisplayFilter.OfFlows([.. _pairs.Kept], FilterGrain.HostPair);
            if (!_responders.IsOverflown)
                return DisplayFilter.OfFlows([.. _responders.Kept], FilterGrain.Responder);
            if (_services.IsOverflown && !_originators.IsOverflown)
                return DisplayFilter.OfFlows([.. _originators.Kept], FilterGrain.Originator);
            ImmutableArray<FlowTuple> transports = [.. _services.Kept.Select(tuple => tuple with { Responder = default }).Distinct()];
            return _services.IsOverflown
                ? DisplayFilter.OfFlows(transports, FilterGrain.Transport)
                : DisplayFilter.OfFlows([.. _services.Kept], FilterGrain.Service);
        }
    }

    /// <summary>Adds the ends of a flow.</summary>
    public void Add(FlowRecord flow)
    {
        var exact = FlowTuple.Of(flow);
        var pair = flow.Transport.HasPorts ? exact with { Originator = exact.Originator with { Port = 0 } } : exact;
        var responder = pair with { Originator = flow.Transport.HasPorts ? default : new Endpoint(default, exact.Originator.Port) };
        AddTo(_exact, exact);
        AddTo(_pairs, pair);
        AddTo(_responders, responder);
        AddTo(_services, responder with { Vlan = default, Responder = exact.Responder with { Address = default } });
        AddTo(_originators, flow.Transport.HasPorts ? pair with { Vlan = default, Responder = default } : pair with { Vlan = default, Responder = new Endpoint(default, exact.Responder.Port) });
    }

    /// <summary>Adds the ends that <paramref name="other"/> holds.</summary>
    public void UnionWith(FlowTuples other)
    {
        _exact.UnionWith(other._exact);
        _pairs.UnionWith(other._pairs);
        _responders.UnionWith(other._responders);
        _services.UnionWith(other._services);
        _originators.UnionWith(other._originators);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        _exact.Persist(archive, FlowTuple.Persisted);
        _pairs.Persist(archive, FlowTuple.Persisted);
        _responders.Persist(archive, FlowTuple.Persisted);
        _services.Persist(archive, FlowTuple.Persisted);
        _originators.Persist(archive, FlowTuple.Persisted);
    }

    // Of a step that overflowed nothing is read any more.
    private static void AddTo(SmallestSet<FlowTuple> step, FlowTuple tuple)
    {
        if (!step.IsOverflown)
            step.Add(tuple);
    }
}
