using System.Collections.Frozen;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>What it means that nobody answered: nothing, where a rule or a protocol asks for no answer (design
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

    /// <summary>Whether the flow got through.</summary>
    public static Disposition DispositionOf(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (flow.Outcome.Passed() || flow.Outcome == Outcome.HalfOpen)
            return Disposition.Passed;
        if (flow.Outcome is Outcome.Unanswered or Outcome.Undecided && IsUnderMuteRule(judgement))
            return Disposition.Passed;
        if (!flow.Outcome.Stopped() || (flow.IsFailedProbe() && judgement.Verdict.IsAllowed()))
            return Disposition.Unknown;
        return flow.Outcome == Outcome.Unanswered && flow.IsMedia() && judgement.Verdict.IsAllowed()
            ? Disposition.Passed
            : Disposition.Stopped;
    }

    private static bool IsUnderMuteRule(Judgement judgement)
    {
        foreach (var judged in judgement.Rules)
        {
            if (judged.Fit.IsGood() && judged.Rule.Rule.IsMute(judgement.Flow.Transport))
                return true;
        }

        return judgement is { Verdict: Verdict.Forbidden, Shown: { IsCaution: false } shown }
            && shown.Rule.IsMute(judgement.Flow.Transport);
    }
}
