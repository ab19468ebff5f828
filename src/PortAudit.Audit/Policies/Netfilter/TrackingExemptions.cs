using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Exemptions from tracking (<c>NOTRACK</c>, <c>CT --notrack</c>, nft <c>notrack</c>): packets of
/// connections without a state. Rules that ask for states are open for them.</summary>
internal static class TrackingExemptions
{
    /// <summary>Exemptions that are compared with every rule; with more, all rules with states are open.</summary>
    private const int MaxCompared = 64;

    private const string Why = "packets may be exempt from tracking";

    /// <summary>Makes open each rule that asks for states and may see a packet of an exemption.</summary>
    public static void Apply(RulesetDraft ruleset)
    {
        if (ruleset.Untracked.Count == 0)
            return;
        var exempt = ruleset.Untracked.SelectMany(rule => rule.Matches).ToList();
        foreach (var rule in ruleset.Tables.SelectMany(table => table.Chains).SelectMany(chain => chain.Rules))
        {
            if (rule.Matches.All(match => match.States == ConnectionStates.All)
                || (exempt.Count <= MaxCompared && !rule.Matches
                    .Any(match => exempt.Any(other => Meets(match, other)))))
                continue;
            rule.Condition(ConditionKind.Mark, Why, Why);
            if (rule.IsUnknown || rule.Action != PolicyAction.Continue)
                ruleset.Text.NotEvaluable(rule.Line, Why);
        }
    }

    private static bool Meets(PacketMatch first, PacketMatch second) => !first.And(second).IsEmpty;
}
