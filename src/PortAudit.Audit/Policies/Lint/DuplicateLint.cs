using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>Finds rules that say exactly what an earlier one of the list says, conditions included.</summary>
internal static class DuplicateLint
{
    /// <summary>Checks a list. A rule with a part that is open is like no other, and neither is one with a rate: the
    /// second of two lets pass what is too much for the first.</summary>
    public static IEnumerable<PolicyFinding> Check(PolicyList list)
    {
        var first = new Dictionary<string, PolicyRule>(StringComparer.Ordinal);
        foreach (var rule in list.Rules)
        {
            if (!rule.IsEnabled || rule.IsImplicit || rule.Action == PolicyAction.Continue || IsOpen(rule))
                continue;
            if (!first.TryAdd(Key(rule), rule))
                yield return Finding(list, rule, first[Key(rule)]);
        }
    }

    private static PolicyFinding Finding(PolicyList list, PolicyRule rule, PolicyRule earlier) =>
        new(PolicyFindingKind.Duplicate, rule.Line, list.Name, rule,
            $"'{rule.Name}' says the same as '{earlier.Name}' ({earlier.Line})", [earlier]);

    private static bool IsOpen(PolicyRule rule) => rule.Source.IsOpen || rule.Destination.IsOpen
        || rule.Services.Any(service => service.IsOpen)
        || rule.Conditions.Any(condition => condition.Kind is ConditionKind.Rate or ConditionKind.Mark);

    private static string Key(PolicyRule rule) => string.Join('|',
    [
        rule.Action, rule.Target, Zones(rule.From), Zones(rule.To), rule.Zones, rule.Source.Set, rule.Destination.Set,
        rule.States, rule.OverridesBlocks,
        string.Join(';', rule.Services.Select(service => string.Join(' ', service.Protocols, service.SourcePorts,
            service.DestinationPorts, service.IcmpTypes, service.IcmpCodes))),
        string.Join(';', rule.Conditions.Select(condition => $"{condition.Kind} {condition.Text}")),
    ]);

    private static string Zones(ZoneMatch match) =>
        match.IsAny ? "" : $"{(match.IsNegated ? "!" : "")}{string.Join(' ', match.Names)}";
}
