namespace PortAudit.Audit.Saving;

/// <summary>Why a saved audit is not taken up.</summary>
/// <param name="IsDamage">True when its bytes are not those that were saved; false when they are, and do not suit:
/// another format, site or catalog.</param>
/// <param name="Text">What is wrong, a clause without the path.</param>
public sealed record StateProblem(bool IsDamage, string Text);
