namespace PortAudit.Audit.Learned;

/// <summary>That an audit learns who uses which service of whom.</summary>
/// <param name="Against">The baseline with which it compares that; null for none.</param>
public sealed record LearningOptions(LearnedTraffic? Against = null);
