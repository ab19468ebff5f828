namespace PortAudit.Reports.Machine;

/// <summary>A line of <c>portaudit doctor</c>.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="State">What it came to: <c>ok</c>, <c>warning</c> or <c>problem</c>.</param>
/// <param name="Text">What was found; the system's text as it is.</param>
/// <param name="Remedy">What to do, one line; empty when there is nothing to do.</param>
public sealed record MachineFinding(string Name, string State, string Text, string Remedy);
