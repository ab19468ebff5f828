using PortAudit.Live.Host;

namespace PortAudit.Live.Devices;

/// <summary>Distinguishes network interfaces from other sources that libpcap lists: netfilter's queues, buses,
/// Bluetooth.</summary>
internal static class InterfaceName
{
    /// <summary>All interfaces of a Linux machine as one.</summary>
    public const string Any = "any";

    /// <summary>True for a single network interface of this machine, in the network namespace of this thread. All that
    /// Npcap lists are.</summary>
    public static bool IsInterface(string device) =>
        OperatingSystem.IsWindows() || LinuxCalls.InterfaceNumber(device) != 0;
}
