using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>Finds rules that never match (E. Al-Shaer, H. Hamed: "Discovery of policy anomalies in distributed
/// firewalls", INFOCOM 2004, §III): shadowed ones, of which others do the opposite, and redundant ones, of which others
/// do the same.</summary>
internal static class CoverLint
{
    /// <summary>Rules of a cover that the sentence names; the finding has all.</summary>
    private const int MaxNamed = 4;

    /// <summary>Checks a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="known">Rules that are reported as duplicates already.</param>
    /// <param name="notAnalysed">Rules of which it is not known.</param>
    public static ImmutableArray<PolicyFinding> Check(PolicyList list, IReadOnlyCollection<PolicyRule> known,
        out int notAnalysed)
    {
        var coverage = new RuleCoverage(list);
        var reported = known.ToHashSet<PolicyRule>(ReferenceEqualityComparer.Instance);
        var findings = ImmutableArray.CreateBuilder<PolicyFinding>();
        foreach (var place in coverage.Places())
        {
            var rule = list.Rules[place];
            if (coverage.CoverOf(place) is not { } cover)
                continue;
            if (rule is { IsImplicit: false, Action: not PolicyAction.Continue } && !reported.Contains(rule))
                findings.Add(Finding(list, rule, cover));
        }

        // The default is looked at last: what is explicitly stated leaves nothing to it.
        notAnalysed = coverage.NotAnalysed;
        AddDefault(list, coverage, findings);
        return findings.ToImmutable();
    }

    private static PolicyFinding Finding(PolicyList list, PolicyRule rule, ImmutableArray<PolicyRule> cover)
    {
        var kind = rule.IsDecision && cover.All(other => IsAlike(rule, other))
            ? PolicyFindingKind.Redundant
            : PolicyFindingKind.Shadowed;
        return new PolicyFinding(kind, rule.Line, list.Name, rule,
            $"'{rule.Name}' {Does(rule)} nothing: {Others(rule, cover)}", cover);
    }

    private static string Others(PolicyRule rule, ImmutableArray<PolicyRule> cover)
    {
        var named = string.Join(", ", cover.Take(MaxNamed).Select(other => $"'{other.Name}' ({other.Line})"));
        var more = cover.Length > MaxNamed
            ? $" and {Quantity.Of(cover.Length - MaxNamed, "other")}"
            : "";
        var what = rule.IsDecision && cover.All(other => other.IsDecision && !IsAlike(rule, other)) ? "the opposite"
            : rule.IsDecision && cover.All(other => IsAlike(rule, other)) ? "the same"
            : null;
        var verb = cover.Length == 1 ? "takes" : "together take";
        return what is null
            ? $"{named}{more} {verb} all of its packets before"
            : $"{named}{more} {verb} all of its packets and {Quantity.Word(cover.Length, "does", "do")} {what}";
    }

    private static string Does(PolicyRule rule) => rule.Action switch
    {
        PolicyAction.Permit => "permits",
        PolicyAction.Drop => "drops",
        PolicyAction.Reject => "rejects",
        PolicyAction.Continue => "notes",
        PolicyAction.Jump or PolicyAction.Goto => "passes on",
        PolicyAction.Return => "returns",
    };

    private static bool IsAlike(PolicyRule first, PolicyRule second) => first.IsDecision && second.IsDecision
        && (first.Action == PolicyAction.Permit) == (second.Action == PolicyAction.Permit);

    private static void AddDefault(PolicyList list, RuleCoverage coverage,
        ImmutableArray<PolicyFinding>.Builder findings)
    {
        var place = list.Rules.Length - 1;
        if (place < 0 || list.Rules[place] is not { IsImplicit: true, Action: PolicyAction.Permit } rule
            || !list.Bindings.Any(binding => binding.Hook is PolicyHook.Forward or PolicyHook.Input)
            || coverage.CoverOf(place) is not null)
            return;
        findings.Add(new PolicyFinding(PolicyFindingKind.PermitsByDefault, rule.Line, list.Name, rule,
            $"the list '{list.Name}' permits what none of its rules matches", []));
    }
}
