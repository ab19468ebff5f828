namespace PortAudit.Audit.Findings;

/// <summary>Why a finding has its severity.</summary>
public static class SeverityReason
{
    /// <summary>One clause: <c>it passed, and no rule allows it</c>; empty for a kind without one.</summary>
    public static string Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (finding.SeverityClause.Length > 0)
            return finding.SeverityClause;
        var row = finding.Kind.Row();
        return finding.Severity.CompareTo(row.Severity) switch
        {
            > 0 => row.WhyGraver,
            < 0 => row.WhyLesser,
            _ => row.Why,
        };
    }
}
