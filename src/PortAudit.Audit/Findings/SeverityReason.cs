using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Why a finding has its severity.</summary>
public static class SeverityReason
{
    /// <summary>One clause: <c>it passed, and no rule allows it</c>; empty for a kind without one.</summary>
    public static string Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (IsPresumed(finding))
            return "who opened it is presumed: its beginning was not captured";
        var row = finding.Kind.Row();
        return finding.Severity.CompareTo(row.Severity) switch
        {
            > 0 => row.WhyGraver,
            < 0 => row.WhyLesser,
            _ => row.Why,
        };
    }

    /// <summary>True for TCP that is less grave than its kind because the capture begins in its middle.</summary>
    private static bool IsPresumed(Finding finding) => finding is
    {
        Severity: Severity.Low,
        Transport: "tcp",
        Kind: FindingKind.UnexpectedTraffic or FindingKind.WrongDirection or FindingKind.UnexplainedDynamicPort,
        DirectionBasis: DirectionBasis.Port or DirectionBasis.FirstPacket,
    };
}
