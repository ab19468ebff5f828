using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Measuring;

/// <summary>Names flows by the server's port alone: the kind that most training flows on the port are, and nothing on a
/// port that none had. What a model must beat.</summary>
internal sealed class PortNames
{
    private readonly Dictionary<string, BehaviourKind?> _kinds;

    public PortNames(ImmutableArray<FlowExample> training) => _kinds = training
        .GroupBy(example => example.Port, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, MostCommon, StringComparer.Ordinal);

    /// <summary>True when a training flow had the port.</summary>
    public bool Knows(FlowExample example) => _kinds.ContainsKey(example.Port);

    /// <summary>The kind by port; null for none of the kinds.</summary>
    public BehaviourKind? Of(FlowExample example) => _kinds.GetValueOrDefault(example.Port);

    private static BehaviourKind? MostCommon(IEnumerable<FlowExample> examples) => examples
        .GroupBy(example => example.Kind)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
        .Select(group => group.Key).FirstOrDefault();
}
