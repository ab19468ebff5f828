using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic;
using PortAudit.Traffic.Flows;

namespace PortAudit.Audit;

/// <summary>The rules of an audit: the catalogs that a site names, read without error.</summary>
/// <param name="Files">Catalogs in the order of the site.</param>
/// <param name="Documents">Every document that a catalog may cite.</param>
public sealed record CatalogSet(ImmutableArray<CatalogFile> Files, ImmutableArray<SourceDocument> Documents);

/// <summary>Judges flows against catalogs and site. Flows may come in any order; the report is the same.</summary>
public sealed class Auditor
{
    /// <summary>Prepares the index of rules.</summary>
    public Auditor(CatalogSet catalogs, SiteFile site) => throw new NotImplementedException();

    /// <summary>Judges one flow.</summary>
    public void Add(FlowRecord flow) => throw new NotImplementedException();

    /// <summary>Draws the conclusions.</summary>
    /// <param name="observation">What was read.</param>
    /// <param name="diagnostics">Warnings to carry into the report.</param>
    public AuditDraft Complete(ObservationSummary observation, ImmutableArray<string> diagnostics) => throw new NotImplementedException();
}

/// <summary>A report whose findings still lack their frames.</summary>
public sealed class AuditDraft
{
    /// <summary>The flows whose frames the findings need.</summary>
    public ImmutableArray<FlowRecord> FlowsOfFindings => throw new NotImplementedException();

    /// <summary>The report with the frames of <see cref="FlowsOfFindings"/>, by flow identifier.</summary>
    public AuditReport WithEvidence(IReadOnlyDictionary<string, FlowFrames> frames) => throw new NotImplementedException();
}
