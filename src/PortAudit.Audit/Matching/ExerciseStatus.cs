using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>What one flow says of one rule that covers it.</summary>
internal static class ExerciseStatus
{
    /// <summary>
    /// The status that the flow gives the rule; null when it gives none, because the capture ended before the attempt
    /// was decided, because it was a probe that failed, or because the comparison with the rule came out badly.
    /// </summary>
    public static RuleStatus? Of(FlowRecord flow, Rule rule, RuleFit fit)
    {
        if (!fit.IsGood() || flow.IsFailedProbe())
            return null;
        var seen = fit.IsProved() ? RuleStatus.Seen : RuleStatus.SeenByPort;

        // A datagram service that does not answer on the same endpoints has been exercised by the datagram itself,
        // unless a device refused it.
        if (rule.IsMute(flow.Transport) && flow.Outcome is Outcome.Unanswered or Outcome.OneWay or Outcome.Undecided)
            return seen;

        return flow.Outcome switch
        {
            Outcome.Established or Outcome.Midstream => seen,
            Outcome.OneWay => RuleStatus.OneWay,
            // no answer is needed: nothing is blocked, and no arrival proved
            Outcome.Unanswered when flow.IsMedia() => RuleStatus.OneWay,
            Outcome.Refused => RuleStatus.Refused,
            Outcome.Rejected or Outcome.Unanswered => RuleStatus.Blocked,
            Outcome.Undecided => null,
            // forged senders leave handshakes half-open too, but repeat no SYN
            Outcome.HalfOpen => flow.IsHandshakeLost() && flow.RepeatsAnsweredSyn() ? RuleStatus.Blocked : null,
        };
    }

    /// <summary>
    /// True for a check of ICE that did not get through. Peers try every pair of their candidates and take one that
    /// works (RFC 8445 §2.2): that others fail is how it is meant to be, and no rule is blocked by it.
    /// </summary>
    public static bool IsFailedProbe(this FlowRecord flow) =>
        flow.IsIceCheck && flow.Outcome is Outcome.Refused or Outcome.Rejected or Outcome.Unanswered;

    /// <summary>True for a status that a flow gave.</summary>
    public static bool IsTried(this RuleStatus status) => status <= RuleStatus.Blocked;

    public static bool IsExercised(this RuleStatus status) => status <= RuleStatus.SeenByPort;
}
