using System.Collections.Immutable;

namespace PortAudit.Reports.Machine;

/// <summary>The interfaces of this machine.</summary>
/// <param name="Library">Version of the capture library; empty without it.</param>
/// <param name="Rows">The interfaces, in the library's order.</param>
/// <param name="Problem">Why they cannot be listed; null when they are.</param>
public sealed record InterfaceListing(string Library, ImmutableArray<InterfaceRow> Rows, MachineProblem? Problem)
{
    /// <summary>True when at least one interface can be captured.</summary>
    public bool CanCapture => Rows.Any(row => row is { WasTried: true, Problem: null });
}
