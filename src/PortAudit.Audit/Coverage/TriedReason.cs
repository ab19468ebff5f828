using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>The sentences for a rule that was exercised or tried.</summary>
internal static class TriedReason
{
    public static string Of(RowTally row, RuleStatus best, ImmutableArray<PairTally> pairs, RuleTally tally)
    {
        var sentence = row.Failed is { } failed ? OfFailure(failed, best) : OfSuccess(row, best, tally.Rule);
        var stopped = pairs.Where(pair => pair.Status is RuleStatus.Refused or RuleStatus.Blocked).ToList();
        if (best.IsExercised() && stopped.Count > 0)
            sentence += $" {Quantity.Of(stopped.Count, "pair")} of hosts never got through, "
                + $"{stopped[0].Originator.Text} to {stopped[0].Responder.Text} among them.";
        if (tally.HasMorePairs)
            sentence += $" Only {RuleTally.MaximumHostPairs} pairs of hosts are distinguished, with "
                + $"{Quantity.Of(pairs.Sum(pair => pair.Flows), "flow")} of {Quantity.Count(row.Flows)}.";
        return sentence + row.Interventions.OfConversations + row.Handshakes.Sentences;
    }

    /// <summary>What became of flows that never got through: one sentence, and what is known of who stopped
    /// them.</summary>
    /// <param name="failed">The flows.</param>
    /// <param name="status">The best that they reached.</param>
    public static string OfFailure(FlowGroup failed, RuleStatus status)
    {
        var who = $"from {HostList.Of(failed.Originators)} to {HostList.Of(failed.Responders)}";
        var parts = new List<string>();
        if (failed.Outcomes.Of(Outcome.OneWay) is > 0 and var oneWay)
            parts.Add($"of {Quantity.Of(oneWay, "flow")} {who} one direction only was seen");
        if (failed.Outcomes.Of(Outcome.Refused) is > 0 and var refused)
            parts.Add($"{Quantity.Of(refused, "attempt")} {who} {Quantity.Word(refused, "was", "were")} refused "
                + $"{ByWhom(refused, failed.Interventions.UnknownResets)}");
        if (failed.Outcomes.Of(Outcome.Rejected) is > 0 and var rejected)
            parts.Add($"{Quantity.Of(rejected, "attempt")} {who} "
                + $"{Quantity.Word(rejected, "was", "were")} rejected on the way");
        if (failed.Outcomes.Of(Outcome.Unanswered) is > 0 and var unanswered)
            parts.Add(failed.Syns > 0 && unanswered == failed.Flows
                ? $"{Syns(failed)} {who} stayed unanswered"
                : $"{Quantity.Of(unanswered, "attempt")} {who} stayed unanswered");
        if (failed.Outcomes.Of(Outcome.HalfOpen) is > 0 and var halfOpen)
            parts.Add($"{Quantity.Of(halfOpen, "connection")} {who} stayed half-open: the SYN-ACK was never "
                + "acknowledged");
        var how = failed.Stops.Kept.Count == 0 ? "" : $" ({string.Join("; ", failed.Stops.Kept)})";
        var sentence = $"{string.Join(", ", parts)}{how}, first at {SentenceTime.ToText(failed.FirstNs)}.";
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + failed.Interventions.OfStops + (IsUnansweredMedia(
            failed, status) ? " Media need no answer: silence proves neither a block nor arrival." : "");
    }

    /// <summary>True for flows without an answer that are not blocked: only those of media.</summary>
    public static bool IsUnansweredMedia(FlowGroup failed, RuleStatus status) =>
        status == RuleStatus.OneWay && failed.Outcomes.Of(Outcome.Unanswered) > 0;

    private static string ByWhom(long refused, long unknown) =>
        unknown == 0
            ? "by the responder"
            : unknown == refused ? "in the responder's name" : "by the responder or in its name";

    // The number of retries distinguishes a patient program from a scan.
    private static string Syns(FlowGroup failed) =>
        Quantity.Of(failed.Syns, "SYN")
        + (failed.Flows > 1 && failed.Syns > failed.Flows ? $" in {Quantity.Of(failed.Flows, "attempt")}" : "");

    private static string OfSuccess(RowTally row, RuleStatus best, BoundRule rule)
    {
        var first = row.FirstNs is { } ns ? $", first at {SentenceTime.ToText(ns)}" : "";
        var what = rule.Rule.Protocols.IsEmpty ? "the protocol" : string.Join(" or ", rule.Rule.Protocols);
        var proved = Quantity.Of(row.Of(RuleStatus.Seen), "flow");
        var byPort = Quantity.Of(row.Of(RuleStatus.SeenByPort), "flow");
        return best == RuleStatus.Seen
            ? $"{proved} used it, with {what} proved{first}."
            : $"{byPort} used its port; {what} is neither proved nor contradicted{first}.";
    }

}
