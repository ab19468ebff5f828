using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads NAT rules (PAN-OS Administrator's Guide, "NAT Policy Rules").</summary>
/// <param name="draft">The file.</param>
/// <param name="addresses">Its address objects.</param>
/// <param name="budget">What expanded rules may hold.</param>
internal sealed class PanOsTranslations(PolicyDraft draft, PanOsAddresses addresses, ExpansionBudget budget)
{
    /// <summary>Reads the NAT rules of a rulebase that are switched on.</summary>
    public IEnumerable<PolicyTranslation> Read(PanOsRulebase rulebase)
    {
        if (rulebase.Node.Find("nat") is not { } nat)
            return [];
        nat.Mark(PanOsUse.Understood);
        return nat.Find("rules")?.Children.Where(rule => rule.ValueOf("disabled") != "yes")
            .SelectMany(rule => Read(rule, rulebase.Levels)) ?? [];
    }

    private IEnumerable<PolicyTranslation> Read(PanOsNode rule, ImmutableArray<PanOsNode> levels)
    {
        var destination = rule.Find("destination-translation") ?? rule.Find("dynamic-destination-translation");
        if (destination is not null)
            yield return Destination(rule, destination, levels);
        if (rule.Find("source-translation") is { } source)
            yield return Source(rule, source, levels);
    }

    private PolicyTranslation Destination(PanOsNode rule, PanOsNode translation, ImmutableArray<PanOsNode> levels)
    {
        var mapped = Known(rule.Find("destination"), levels);
        var real = Known(translation.Find("translated-address"), levels);
        var isStatic = translation.Name == "destination-translation" && HaveSameSize(real, mapped);
        if (!isStatic)
            draft.NotEvaluable(translation.Line, "which address each translated destination has is not in the file");
        return new PolicyTranslation(draft.Line(rule.Line), Text(rule, translation), real, mapped, isStatic);
    }

    private PolicyTranslation Source(PanOsNode rule, PanOsNode translation, ImmutableArray<PanOsNode> levels)
    {
        var kind = translation.Value;
        var real = Known(rule.Find("source"), levels);
        var mapped = Known(kind?.Find("translated-address"), levels);
        var isStatic = kind?.Name == "static-ip" && kind.ValueOf("bi-directional") == "yes"
            && HaveSameSize(real, mapped);
        return new PolicyTranslation(draft.Line(rule.Line), Text(rule, translation), real, mapped, isStatic);
    }

    /// <summary>The addresses of a part of a rule; null when they are not all known.</summary>
    private IntervalSet<UInt128>? Known(PanOsNode? words, ImmutableArray<PanOsNode> levels)
    {
        if (words is null || words.IsLeaf)
            return null;
        var union = new AddressUnion(budget);
        foreach (var word in words.Children)
        {
            var address = addresses.Find(word.Name, levels.AsSpan());
            union.Add(address.Match);
            if (address.Reason is { } reason)
                draft.NotEvaluable(word.Line, reason);
        }

        var match = union.Build();
        return match.IsOpen ? null : match.Set;
    }

    private static bool HaveSameSize(IntervalSet<UInt128>? real, IntervalSet<UInt128>? mapped) =>
        real?.Ranges is [var first] && mapped?.Ranges is [var second]
        && first.Last - first.First == second.Last - second.First;

    private static string Text(PanOsNode rule, PanOsNode translation) => ConfigurationText.Shown(
        $"{rule.Name} {translation.Name} {string.Join(' ', translation.Words.Take(4))}");
}
