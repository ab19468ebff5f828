using System.Collections.Immutable;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Roles;

/// <summary>What is said of a run of <c>roles</c> besides its result.</summary>
/// <param name="ToolVersion">Version of the program.</param>
/// <param name="Observation">What was read.</param>
/// <param name="Problems">What was wrong with the input, a line each.</param>
/// <param name="IsPartial">True when input was missing, damaged or cut, or the user ended the reading.</param>
public sealed record RoleRun(string ToolVersion, ObservationSummary Observation, ImmutableArray<string> Problems,
    bool IsPartial);
