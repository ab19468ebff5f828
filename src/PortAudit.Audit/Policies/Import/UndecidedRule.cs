using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Import;

/// <summary>A rule of which the file does not say whether it permits or drops: two rules that may apply, so that no
/// verdict rests on a guess.</summary>
internal static class UndecidedRule
{
    /// <summary>The rule as one that may permit and one that may drop.</summary>
    /// <param name="rule">The rule; its action does not count.</param>
    /// <param name="reason">What the file does not say, in a clause.</param>
    public static IEnumerable<PolicyRule> Of(PolicyRule rule, string reason)
    {
        var condition = new PolicyCondition(ConditionKind.Other, reason);
        var permits = rule with { Action = PolicyAction.Permit, Conditions = rule.Conditions.Add(condition) };
        return [permits, permits with { Name = $"{rule.Name} (or drop)", Action = PolicyAction.Drop }];
    }
}
