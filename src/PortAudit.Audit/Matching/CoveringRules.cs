using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>
/// The rules that cover a service between two hosts, kept once they were looked up: hosts of the same roles ask for the
/// same services again and again. For one thread; threads that work side by side make one each.
/// </summary>
internal sealed class CoveringRules(RuleIndex index)
{
    /// <summary>Answers kept at most: a scan of many ports shall not grow memory without end. Beyond it answers are
    /// looked up again.</summary>
    internal const int MaximumKept = 1 << 16;

    private readonly Dictionary<Question, ImmutableArray<RuleMatch>> _kept = [];

    /// <summary>What <see cref="RuleIndex.Covering(IpProtocol, ushort, HostIdentity, HostIdentity)"/>
    /// answers.</summary>
    public ImmutableArray<RuleMatch> Of(IpProtocol transport, ushort port, HostIdentity from, HostIdentity to)
    {
        var question = new Question(transport, port, new Party(from.Roles, from.Name, from.Segment, from.Networks),
            new Party(to.Roles, to.Name, to.Segment, to.Networks));
        if (_kept.TryGetValue(question, out var kept))
            return kept;
        var covering = index.Covering(transport, port, from, to);
        if (_kept.Count < MaximumKept)
            _kept.Add(question, covering);
        return covering;
    }

    /// <summary>All of two hosts by which rules know them.</summary>
    private readonly record struct Question(IpProtocol Transport, ushort Port, Party From, Party To);

    /// <summary>All of a host by which rules know it. Lists of roles and of networks are compared as objects, of which
    /// a site has few.</summary>
    private readonly record struct Party(ImmutableArray<string> Roles, string? Name, string? Segment,
        ImmutableArray<string> Networks);
}
