using System.Collections.Frozen;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>What it means that no answer came: nothing, where a rule or a protocol asks for none (design
/// §2).</summary>
internal static class Silence
{
    /// <summary>Kinds of media (RFC 8866 §5.14) whose protocol the registry has no name for, such as UDPTL of a fax. An
    /// <c>application</c> may be anything.</summary>
    private static readonly FrozenSet<string> MediaKinds = new[] { "audio", "video",
        "image" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True when the rule says that its service does not answer, or not from the endpoint that was
    /// asked.</summary>
    public static bool IsMute(this Rule rule, IpProtocol transport) =>
        rule.Replies != Replies.Expected && transport != IpProtocol.Tcp;

    /// <summary>True for datagrams of media: bytes or an announcement name a protocol that asks for no
    /// answer.</summary>
    public static bool IsMedia(this FlowRecord flow)
    {
        if (flow.Transport != IpProtocol.Udp)
            return false;
        if (flow.Protocol is { } protocol)
            return flow.ProtocolBasis != IdentificationBasis.Port
                && ProtocolRegistry.Find(protocol) is { IsMedia: true };
        return flow.Announcement?.Announcement is { Protocol: null, Service: { } service }
            && MediaKinds.Contains(service);
    }

    public static Disposition DispositionOf(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (flow.IsFailedProbe() && judgement.Verdict.IsAllowed())
            return Disposition.Unknown;
        return judgement.Reach switch
        {
            Reach.Reached => Disposition.Passed,
            Reach.Stopped => Disposition.Stopped,
            Reach.Unknown => IsUnderMuteRule(judgement) ? Disposition.Passed : Disposition.Unknown,
        };
    }

    private static bool IsUnderMuteRule(Judgement judgement)
    {
        if (judgement.Flow.Outcome is not (Outcome.Unanswered or Outcome.Undecided))
            return false;
        foreach (var judged in judgement.Rules)
        {
            if (judged.Fit.IsGood() && judged.Rule.Rule.IsMute(judgement.Flow.Transport))
                return true;
        }

        return judgement is { Verdict: Verdict.Forbidden, Shown: { IsCaution: false } shown }
            && shown.Rule.IsMute(judgement.Flow.Transport);
    }
}
