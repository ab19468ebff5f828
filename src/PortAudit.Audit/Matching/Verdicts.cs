using PortAudit.Audit.Findings;

namespace PortAudit.Audit.Matching;

/// <summary>What follows from a <see cref="Verdict"/>.</summary>
internal static class Verdicts
{
    /// <summary>True when the rules, or an exception, let the flow pass.</summary>
    public static bool IsAllowed(this Verdict verdict) =>
        verdict is Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted;

    /// <summary>What a flow of this verdict is reported as; null when it is no finding.</summary>
    public static FindingKind? ToFinding(this Verdict verdict) => verdict switch
    {
        Verdict.Unexpected => FindingKind.UnexpectedTraffic,
        Verdict.WrongProtocol => FindingKind.WrongProtocol,
        Verdict.WrongDirection => FindingKind.WrongDirection,
        Verdict.Cleartext => FindingKind.Cleartext,
        Verdict.UnexplainedDynamic => FindingKind.UnexplainedDynamicPort,
        Verdict.Forbidden => FindingKind.ForbiddenTraffic,
        Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted or
            Verdict.Background or Verdict.OutOfScope => null,
    };
}
