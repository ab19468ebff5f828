namespace PortAudit.Audit.Matching;

/// <summary>What follows from a <see cref="Verdict"/>.</summary>
internal static class Verdicts
{
    /// <summary>True when the rules, or an exception, let the flow pass.</summary>
    public static bool IsAllowed(this Verdict verdict) =>
        verdict is Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted;

    /// <summary>True when a flow of this verdict is a finding.</summary>
    public static bool IsReported(this Verdict verdict) => verdict switch
    {
        Verdict.Unexpected or Verdict.WrongProtocol or Verdict.WrongDirection or Verdict.Cleartext or
            Verdict.UnexplainedDynamic or Verdict.Forbidden => true,
        Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted or
            Verdict.Background or Verdict.OutOfScope => false,
    };
}
