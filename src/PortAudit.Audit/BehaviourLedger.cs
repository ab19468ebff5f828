using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit;

/// <summary>Counts what a model of behaviour took judged flows for.</summary>
/// <param name="model">The model.</param>
internal sealed class BehaviourLedger(BehaviourModel model)
{
    private readonly long[] _flows = new long[BehaviourKindText.All.Length];
    private readonly Dictionary<FindingKey, Sizes> _unlike = [];

    /// <summary>What was counted.</summary>
    public BehaviourReport Report => new(
        [
            .. model.Kinds.OrderBy(kind => kind.Kind)
                .Select(kind => new BehaviourRow(kind.Kind, kind.Measured, _flows[(int)kind.Kind])),
        ],
        [
            .. _unlike.OrderBy(entry => entry.Key, FindingKey.Order).Select(entry => new UnlikeRow(entry.Key.Id,
                entry.Key.From, entry.Key.To, entry.Key.Rule!.Rule, [.. entry.Value.Out], [.. entry.Value.In])),
        ]);

    public void Add(Judgement judgement)
    {
        if (judgement.Behaviour is not { } named)
            return;
        _flows[(int)named.Kind]++;
        if (judgement is { IsUnlikeItsRules: true, Exceptions.IsEmpty: true, Flow.Behaviour: { } behaviour })
            SizesOf(new FindingKey(FindingKind.BehavesUnlikeName, judgement.FromRole, judgement.ToRole,
                judgement.Shown)).Add(behaviour);
    }

    public void UnionWith(BehaviourLedger other)
    {
        for (var kind = 0; kind < _flows.Length; kind++)
            _flows[kind] += other._flows[kind];
        foreach (var (key, sizes) in other._unlike)
            SizesOf(key).UnionWith(sizes);
    }

    private Sizes SizesOf(FindingKey key)
    {
        if (!_unlike.TryGetValue(key, out var sizes))
            _unlike.Add(key, sizes = new Sizes());
        return sizes;
    }

    private sealed class Sizes
    {
        public long[] Out { get; } = new long[FlowBehaviour.SizeClasses];

        public long[] In { get; } = new long[FlowBehaviour.SizeClasses];

        public void Add(FlowBehaviour behaviour)
        {
            for (var i = 0; i < FlowBehaviour.SizeClasses; i++)
            {
                Out[i] += i < behaviour.Out.Sizes.Length ? behaviour.Out.Sizes[i] : 0;
                In[i] += i < behaviour.In.Sizes.Length ? behaviour.In.Sizes[i] : 0;
            }
        }

        public void UnionWith(Sizes other)
        {
            for (var i = 0; i < FlowBehaviour.SizeClasses; i++)
            {
                Out[i] += other.Out[i];
                In[i] += other.In[i];
            }
        }
    }
}
