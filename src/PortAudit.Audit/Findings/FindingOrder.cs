using System.Collections.Immutable;

namespace PortAudit.Audit.Findings;

/// <summary>The order in which findings stand in a report.</summary>
internal static class FindingOrder
{
    /// <summary>Gravest first; then what a reviewer has to see first, of unknown bytes the most; then by kind, roles,
    /// rule and service.</summary>
    public static ImmutableArray<FindingDraft> Sort(IEnumerable<FindingDraft> drafts) =>
    [
        .. drafts
            .OrderByDescending(draft => draft.Finding.Severity)
            .ThenBy(FindingRisks.Of)
            .ThenByDescending(draft => FindingRisks.Of(draft) == FindingRisk.UnknownBytes ? draft.Finding.Bytes : 0)
            .ThenBy(draft => draft.Finding.Kind)
            .ThenBy(draft => draft.Finding.FromRole, StringComparer.Ordinal)
            .ThenBy(draft => draft.Finding.ToRole, StringComparer.Ordinal)
            .ThenBy(draft => draft.Finding.Rule?.Id, StringComparer.Ordinal)
            .ThenBy(draft => draft.Finding.Transport, StringComparer.Ordinal)
            .ThenBy(draft => draft.Finding.Ports.Length)
            .ThenBy(draft => draft.Finding.Ports, StringComparer.Ordinal)
            .ThenBy(draft => draft.Finding.Id, StringComparer.Ordinal),
    ];
}
