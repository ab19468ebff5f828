using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Reports.Policies;

/// <summary>A configuration with what the lint says of it.</summary>
/// <param name="Policy">The configuration.</param>
/// <param name="Lint">The findings.</param>
public sealed record PolicyCheck(Policy Policy, PolicyLintResult Lint);
