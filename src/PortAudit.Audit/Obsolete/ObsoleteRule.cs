using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Obsolete;

/// <summary>A rule of a catalog whose traffic belongs to systems that should not be there any more, whether the rule
/// applies in the site or not.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Service">What its traffic is reported as.</param>
internal sealed record ObsoleteRule(BoundRule Rule, ObsoleteService Service);
