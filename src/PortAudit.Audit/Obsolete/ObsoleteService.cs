using PortAudit.Audit.Findings;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Obsolete;

/// <summary>Something that works and should not be used any more.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">What it is, as the beginning of a sentence.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Why">What is wrong with it, one sentence.</param>
/// <param name="Remedy">What to do, one sentence.</param>
/// <param name="Reference">The published specification or document that says so.</param>
internal sealed record ObsoleteService(string Id, string Title, Severity Severity, string Why, string Remedy,
    string Reference)
{
    /// <summary>True for a flow in which bytes proved it.</summary>
    public required Func<FlowRecord, bool> IsIn { get; init; }

    /// <summary>Why it has its severity, a clause; empty where the kind of finding says it.</summary>
    public string SeverityClause { get; init; } = "";
}
