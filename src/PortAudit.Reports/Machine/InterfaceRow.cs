using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Reports.Machine;

/// <summary>An interface as <c>portaudit interfaces</c> lists it. Texts are the system's as they are: they are escaped
/// where they are written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is; empty when unknown.</param>
/// <param name="Addresses">Its IP addresses.</param>
/// <param name="LinkTypes">Its link types, the first is what it has when nothing else is asked for; empty when it could
/// not be opened.</param>
/// <param name="Connection">Whether it has a link: <c>connected</c>, <c>disconnected</c>, <c>not-applicable</c> or
/// <c>unknown</c>.</param>
/// <param name="Problem">Why it cannot be captured; null when it can, or was not tried.</param>
public sealed record InterfaceRow(
    string Name, string Description, ImmutableArray<string> Addresses, ImmutableArray<LinkType> LinkTypes,
    string Connection, MachineProblem? Problem)
{
    /// <summary>True when it is switched on.</summary>
    public bool IsUp { get; init; }

    /// <summary>True when it is ready for packets.</summary>
    public bool IsRunning { get; init; }

    /// <summary>True for loopback.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>True when it is without wires.</summary>
    public bool IsWireless { get; init; }

    /// <summary>False for what is no network interface, and was not opened.</summary>
    public bool WasTried { get; init; } = true;
}
