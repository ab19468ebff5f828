using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>Finds lists that have no effect, and names that lead nowhere.</summary>
internal static class ReferenceLint
{
    /// <summary>Checks a policy.</summary>
    public static IEnumerable<PolicyFinding> Check(Policy policy)
    {
        var names = policy.Lists.Select(list => list.Name).ToHashSet(StringComparer.Ordinal);
        var targets = Targets(policy);
        foreach (var list in policy.Lists)
        {
            if (list.Bindings.IsEmpty && !targets.Contains(list.Name) && list.Rules is [var head, ..])
                yield return new PolicyFinding(PolicyFindingKind.Unapplied, head.Line, list.Name, null,
                    $"nothing applies or jumps to the list '{list.Name}'", []);
            foreach (var rule in list.Rules.Where(rule => !rule.IsImplicit))
            {
                if (Unresolved(rule, names) is { } what)
                    yield return new PolicyFinding(PolicyFindingKind.Unresolved, rule.Line, list.Name, rule,
                        $"'{rule.Name}' names {what} not in the file", []);
            }
        }
    }

    /// <summary>Names of the lists that rules jump to.</summary>
    public static HashSet<string> Targets(Policy policy) => policy.Lists.SelectMany(list => list.Rules)
        .Where(rule => rule.IsEnabled).Select(rule => rule.Target).OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    private static string? Unresolved(PolicyRule rule, HashSet<string> names)
    {
        if (rule.Target is { } target && !names.Contains(target))
            return $"the list '{target}', which is";
        // A part that is open but holds something was resolved in part, which its line says.
        if (rule.Source is { IsOpen: true, Set.IsEmpty: true })
            return "senders that are";
        if (rule.Destination is { IsOpen: true, Set.IsEmpty: true })
            return "receivers that are";
        return rule.Services.Any(service => service is { IsOpen: true, Protocols.IsEmpty: true })
            ? "a service that is"
            : null;
    }
}
