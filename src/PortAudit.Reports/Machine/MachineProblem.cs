namespace PortAudit.Reports.Machine;

/// <summary>What keeps this machine from capturing, and what to do about it.</summary>
/// <param name="Kind">A word of a closed set, for scripts: <c>permission-denied</c>, <c>device-down</c> ….</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Remedy">What to do, one line.</param>
public sealed record MachineProblem(string Kind, string Text, string Remedy);
