namespace PortAudit.Live.Doctor;

/// <summary>A check of the machine.</summary>
/// <param name="Name">What was checked, a word that stays the same for scripts.</param>
/// <param name="State">What it came to.</param>
/// <param name="Text">What was found. It may hold the system's text as it is: escape it where it is shown.</param>
/// <param name="Remedy">What to do, one line; empty when there is nothing to do.</param>
public sealed record CheckResult(string Name, CheckState State, string Text, string Remedy = "");
