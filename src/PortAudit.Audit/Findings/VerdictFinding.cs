using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Findings;

/// <summary>The kind of finding that a <see cref="Verdict"/> leads to.</summary>
internal static class VerdictFinding
{
    /// <summary>What a flow of this verdict is reported as; null when it is no finding.</summary>
    public static FindingKind? ToFinding(this Verdict verdict) => verdict switch
    {
        Verdict.Unexpected => FindingKind.UnexpectedTraffic,
        Verdict.WrongProtocol => FindingKind.WrongProtocol,
        Verdict.WrongDirection => FindingKind.WrongDirection,
        Verdict.Cleartext => FindingKind.Cleartext,
        Verdict.UnexplainedDynamic => FindingKind.UnexplainedDynamicPort,
        Verdict.Forbidden => FindingKind.ForbiddenTraffic,
        Verdict.Declined => FindingKind.DeclinedRequest,
        Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted or
            Verdict.Background or Verdict.OutOfScope or Verdict.UnobservableDynamic => null,
    };
}
