using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Saving;

/// <summary>An audit that was saved and is taken up again.</summary>
/// <param name="Program">Version of the program that saved it.</param>
/// <param name="Auditor">All that was judged. More flows may be added.</param>
/// <param name="Observation">All that was read. What is read from now on is numbered on from it
/// (<see cref="ObservationSummary.Append"/>).</param>
public sealed record SavedAudit(string Program, Auditor Auditor, ObservationSummary Observation);
