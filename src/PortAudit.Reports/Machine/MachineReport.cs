using System.Collections.Immutable;

namespace PortAudit.Reports.Machine;

/// <summary>What <c>portaudit doctor</c> found.</summary>
/// <param name="ToolVersion">Version of this program.</param>
/// <param name="State">The worst state of the findings.</param>
/// <param name="Findings">The findings, in their order.</param>
public sealed record MachineReport(string ToolVersion, string State, ImmutableArray<MachineFinding> Findings);
