using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
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

    /// <summary>The first port that is not well-known (RFC 6335 §6).</summary>
    private const ushort FirstFreePort = 1024;

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

    /// <summary>A rule for requests that are answered from another port than they went to (TFTP), where a flow may
    /// answer one: a log that neither names its protocol nor tells what ports were announced leaves that open. Null for
    /// none.</summary>
    /// <param name="answer">The flow.</param>
    /// <param name="from">Who may have answered.</param>
    /// <param name="to">Who may have asked.</param>
    public BoundRule? OfUnseenRequest(FlowRecord answer, HostIdentity from, HostIdentity to)
    {
        if (answer is not { Protocol: null, Log.Source.KnowsAnnouncements: false }
            || answer.Originator.Port < FirstFreePort || answer.Responder.Port < FirstFreePort)
            return null;
        foreach (var (transport, port) in index.AskedPorts)
        {
            if (transport == answer.Transport && Of(transport, port, to, from).FirstOrDefault(match =>
                match.Rule.Allows && match.Rule.Rule.Replies == Replies.OtherPort).Rule is { } rule)
                return rule;
        }

        return null;
    }

    /// <summary>All of two hosts by which rules know them.</summary>
    private readonly record struct Question(IpProtocol Transport, ushort Port, Party From, Party To);

    /// <summary>All of a host by which rules know it. Lists of roles and of networks are compared as objects, of which
    /// a site has few.</summary>
    private readonly record struct Party(ImmutableArray<string> Roles, string? Name, string? Segment,
        ImmutableArray<string> Networks);
}
