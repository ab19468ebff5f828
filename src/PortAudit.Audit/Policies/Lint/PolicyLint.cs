using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>Finds what is wrong with a configuration in itself, without documents and traffic. What is not certain is
/// not claimed.</summary>
public static class PolicyLint
{
    /// <summary>Checks a policy.</summary>
    public static PolicyLintResult Check(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var findings = new List<PolicyFinding>();
        var notAnalysed = 0;
        var targets = ReferenceLint.Targets(policy);
        foreach (var list in policy.Lists)
        {
            findings.AddRange(RuleLint.Check(list, list.Bindings.IsEmpty && targets.Contains(list.Name)));
            var duplicates = DuplicateLint.Check(list).ToList();
            findings.AddRange(duplicates);
            findings.AddRange(CoverLint.Check(list, [.. duplicates.Select(finding => finding.Rule!)], out var unsure));
            notAnalysed += unsure;
        }

        findings.AddRange(ReferenceLint.Check(policy));
        return new PolicyLintResult([.. findings
            .OrderBy(finding => finding.Line.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line.Line)], notAnalysed);
    }
}
