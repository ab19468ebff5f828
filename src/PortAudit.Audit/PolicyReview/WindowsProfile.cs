using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Decides conditions on the network profile of Windows, where the site says which one is active.</summary>
internal static class WindowsProfile
{
    /// <summary>The policy with the rules of the profile alone; their conditions on it are met.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="profile"><c>domain</c>, <c>private</c> or <c>public</c>.</param>
    public static Policy Activate(Policy policy, string profile) => policy with
    {
        Lists =
        [
            .. policy.Lists.Select(list => list with
            {
                Rules = [.. list.Rules.Select(rule => Activate(rule, profile))],
            }),
        ],
    };

    private static PolicyRule Activate(PolicyRule rule, string profile)
    {
        if (rule.Conditions.FirstOrDefault(condition => condition.Kind == ConditionKind.Profile) is not { } condition)
            return rule;
        return rule with
        {
            IsEnabled = rule.IsEnabled && condition.Text.Contains(profile, StringComparison.OrdinalIgnoreCase),
            Conditions = rule.Conditions.Remove(condition),
        };
    }
}
