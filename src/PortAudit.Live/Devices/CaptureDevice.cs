using System.Collections.Immutable;

namespace PortAudit.Live.Devices;

/// <summary>An interface that libpcap knows. Names and descriptions are the system's text as it is.</summary>
/// <param name="Name">What to call it when it is captured.</param>
/// <param name="Description">What it is; empty if unknown.</param>
/// <param name="Addresses">Its IP addresses, IPv4 and IPv6 (RFC 5952), in the order of the system.</param>
public sealed record CaptureDevice(string Name, string Description, ImmutableArray<string> Addresses)
{
    /// <summary>True when it is switched on.</summary>
    public bool IsUp { get; init; }

    /// <summary>True when it is ready for packets.</summary>
    public bool IsRunning { get; init; }

    /// <summary>True for loopback.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>True when it is without wires, not necessarily 802.11.</summary>
    public bool IsWireless { get; init; }

    /// <summary>Whether it has a link.</summary>
    public DeviceConnection Connection { get; init; }
}
