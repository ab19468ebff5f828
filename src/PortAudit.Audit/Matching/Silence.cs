using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>What it means that nobody answered: nothing, where a rule asks for no answer (design §2).</summary>
internal static class Silence
{
    /// <summary>True when the rule says that its service does not answer, or not from the endpoint that was asked.</summary>
    public static bool IsMute(this Rule rule, IpProtocol transport) => rule.Replies != Replies.Expected && transport != IpProtocol.Tcp;

    /// <summary>Whether the flow got through.</summary>
    public static Passage PassageOf(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (flow.Outcome.Passed())
            return Passage.Passed;
        if (flow.Outcome is Outcome.Unanswered or Outcome.Undecided && IsUnderMuteRule(judgement))
            return Passage.Passed;
        return flow.Outcome.Stopped() && !(flow.IsFailedProbe() && judgement.Verdict.IsAllowed()) ? Passage.Stopped : Passage.Unknown;
    }

    private static bool IsUnderMuteRule(Judgement judgement)
    {
        foreach (var judged in judgement.Rules)
        {
            if (judged.Fit.IsGood() && judged.Rule.Rule.IsMute(judgement.Flow.Transport))
                return true;
        }

        return judgement is { Verdict: Verdict.Forbidden, Shown: { IsCaution: false } shown } && shown.Rule.IsMute(judgement.Flow.Transport);
    }
}
