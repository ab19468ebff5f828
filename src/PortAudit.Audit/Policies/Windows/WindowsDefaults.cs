using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>What happens to packets that no rule matches.</summary>
internal static class WindowsDefaults
{
    /// <summary>The implicit rules of a list: one when all profiles do the same, otherwise one for the profiles that
    /// differ and one for the others, which stands last and matches everything.</summary>
    public static IEnumerable<PolicyRule> Of(string path,
        IReadOnlyDictionary<NetworkProfiles, ProfileSettings> profiles, bool isInbound)
    {
        var groups = WindowsRules.Each.GroupBy(profile => profiles[profile].Default(isInbound))
            .OrderBy(group => group.Count())
            .ToList();
        foreach (var group in groups)
        {
            var isLast = group == groups[^1];
            var which = group.Aggregate((first, second) => first | second);
            var line = Math.Max(1, group.Max(profile => profiles[profile].Line));
            yield return new PolicyRule
            {
                Name = isLast ? "default" : $"default ({WindowsRules.ProfileCondition(which).Text})",
                Line = new PolicyLine(path, line),
                Text = isInbound ? "default for inbound packets" : "default for outbound packets",
                Action = group.Key,
                Conditions = isLast ? [] : [WindowsRules.ProfileCondition(which)],
                IsImplicit = true,
            };
        }
    }
}
