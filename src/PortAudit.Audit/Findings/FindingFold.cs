using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Findings;

/// <summary>Makes findings about the same flows one: a flow that is stopped under several rules has one cause, and so
/// has a service that is there in another form than its rule asks for.</summary>
internal static class FindingFold
{
    /// <summary>The findings without those that say again what another says.</summary>
    public static IEnumerable<FindingDraft> Fold(ImmutableArray<FindingDraft> drafts)
    {
        var misfits = drafts.Where(IsMisfit).Select(KeyOf).ToHashSet();
        var unseen = drafts.Where(draft => draft.Finding.Kind == FindingKind.RequiredFlowNeverSeen).Select(KeyOf)
            .ToHashSet();
        return drafts
            .Where(draft =>
                draft.Finding.Kind != FindingKind.RequiredFlowNeverSeen || !misfits.Contains(KeyOf(draft)))
            .Select(draft => IsMisfit(draft) && unseen.Contains(KeyOf(draft))
                ? Explain(draft, "The rule needs such a flow, and none exercised it.")
                : draft)
            .GroupBy(FlowsOf)
            .SelectMany(group =>
                group.Key is null ? group.AsEnumerable() : [Unite([.. group.OrderBy(RankOf).ThenBy(PreferenceOf)])]);
    }

    /// <summary>True for a finding about a service that is there, but not as its rule asks.</summary>
    private static bool IsMisfit(FindingDraft draft) => draft.Finding.Kind.Row().IsMisfit;

    private static FindingDraft Explain(FindingDraft draft, string sentence) =>
        draft with { Finding = draft.Finding with { Explanation = $"{draft.Finding.Explanation} {sentence}" } };

    private static (int? Rule, string From, string To) KeyOf(FindingDraft draft) =>
        (draft.Rule?.Index, draft.Finding.FromRole, draft.Finding.ToRole);

    /// <summary>Identifies the flows of a finding about stopped traffic; null for any other.</summary>
    private static string? FlowsOf(FindingDraft draft) => RankOf(draft) is not null && draft.Flows is { } flows
        ? string.Create(CultureInfo.InvariantCulture, $"{flows.Flows} {flows.Bytes} {flows.FirstNs} {flows.LastNs} "
            + $"{string.Join(',', flows.Retained.Kept.Select(flow => flow.Id))}")
        : null;

    /// <summary>Which of several findings about the same flows is kept; an announced port is the most
    /// informative.</summary>
    private static int? RankOf(FindingDraft draft) => draft.Finding.Kind.Row().FoldRank;

    /// <summary>The preference of design §2: exact port over range, narrow range over wide, announced ranges last. Only
    /// a port that was announced outside of all rules has none.</summary>
    private static RuleMatch? PreferenceOf(FindingDraft draft)
    {
        if (draft.Rule is not { } rule)
            return null;
        var covering = rule.Ports.Where(range => draft.Flows!.Ports.Any(range.Contains)).Select(range => range.Size)
            .DefaultIfEmpty(RuleMatch.EveryPort);
        return new RuleMatch(rule, covering.Min());
    }

    private static FindingDraft Unite(ImmutableArray<FindingDraft> drafts)
    {
        var lead = drafts[0];
        ImmutableArray<BoundRule> others = [.. drafts.Skip(1).Select(draft => draft.Rule).OfType<BoundRule>()
            .Where(rule => rule.Index != lead.Rule?.Index).DistinctBy(rule => rule.Index)];
        if (others.IsEmpty)
            return lead;
        var names = others.Select(rule => $"{rule.Rule.Id} ({rule.Rule.Title})").ToList();
        var text = names.Count == 1
            ? $"The rule {names[0]} needs"
            : $"The rules {string.Join(", ", names.SkipLast(1))} and {names[^1]} need";
        var united = Explain(lead, $"{text} the same {Quantity.Word(lead.Finding.Flows, "flow", "flows")}.");
        return united with { Finding = united.Finding with { OtherRules = [.. others.Select(rule => rule.Rule)] } };
    }
}
