using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>Finds rules that are wrong in themselves: switched off, or matching everything.</summary>
internal static class RuleLint
{
    /// <summary>The interface of a host to itself, by which everything may pass.</summary>
    private static readonly string[] Loopback = ["lo", "lo0"];

    /// <summary>Checks the rules of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="isOnlyTarget">True when it gets only what rules of other lists pick for it.</param>
    public static IEnumerable<PolicyFinding> Check(PolicyList list, bool isOnlyTarget)
    {
        foreach (var rule in list.Rules.Where(rule => !rule.IsImplicit))
        {
            if (!rule.IsEnabled)
                yield return new PolicyFinding(PolicyFindingKind.Disabled, rule.Line, list.Name, rule,
                    $"'{rule.Name}' is switched off", []);
            else if (!isOnlyTarget && PermitsEverything(rule))
                yield return new PolicyFinding(PolicyFindingKind.PermitsEverything, rule.Line, list.Name, rule,
                    $"'{rule.Name}' permits everything{Between(rule)}", []);
        }
    }

    private static bool PermitsEverything(PolicyRule rule) =>
        rule is { Action: PolicyAction.Permit, Conditions.IsEmpty: true, Zones: not ZoneRelation.Same }
        && rule.States.HasFlag(ConnectionStates.New)
        && IsAny(rule.Source)
        && IsAny(rule.Destination)
        && rule.Services.Any(service => service.IsAny)
        && !IsLoopback(rule.From) && !IsLoopback(rule.To);

    private static bool IsAny(AddressMatch match) =>
        AddressSet.AnyIpv4.IsSubsetOf(match.Set) || AddressSet.AnyIpv6.IsSubsetOf(match.Set);

    private static bool IsLoopback(ZoneMatch match) => match is { IsAny: false, IsNegated: false }
        && match.Names.All(name => Loopback.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Between(PolicyRule rule) => (Names(rule.From), Names(rule.To)) switch
    {
        (null, null) => "",
        ({ } from, null) => $" that comes from {from}",
        (null, { } to) => $" that leaves by {to}",
        ({ } from, { } to) => $" from {from} to {to}",
    };

    private static string? Names(ZoneMatch match) => match.IsAny ? null
        : $"{(match.IsNegated ? "all but " : "")}{string.Join(", ", match.Names)}";
}
