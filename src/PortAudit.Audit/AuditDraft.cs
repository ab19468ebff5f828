using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit;

/// <summary>A report whose findings still lack their frames.</summary>
public sealed class AuditDraft
{
    private readonly AuditReport _report;
    private readonly ImmutableArray<FindingDraft> _findings;

    internal AuditDraft(AuditReport report, ImmutableArray<FindingDraft> findings)
    {
        (_report, _findings) = (report, findings);
        FlowsOfFindings =
        [
            .. findings
                .SelectMany(finding => finding.Flows?.Retained.Kept ?? [])
                .DistinctBy(flow => flow.Id)
                .OrderBy(flow => flow.StartNs)
                .ThenBy(flow => flow.Id),
        ];
    }

    /// <summary>The flows whose frames the findings need, as they were observed, by start.</summary>
    public ImmutableArray<FlowRecord> FlowsOfFindings { get; }

    /// <summary>The report with the frames of <see cref="FlowsOfFindings"/>, by <see cref="FlowRecord.Id"/>; a flow
    /// that is missing shows the frames it kept itself.</summary>
    public AuditReport WithEvidence(IReadOnlyDictionary<ulong, FlowFrames> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var captures = _report.Observation.Captures;
        return _report with
        {
            Findings = [.. _findings.Select(draft =>
                draft.Finding with { Evidence = EvidenceList.Of(draft, frames, captures) })],
        };
    }
}
