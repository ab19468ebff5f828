using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;
using SharpPcap.LibPcap;

namespace PortAudit.Live.Devices;

/// <summary>Asks libpcap which interfaces there are.</summary>
public static class DeviceList
{
    // PCAP_IF_… of pcap/pcap.h.
    private const uint Loopback = 0x01;
    private const uint Up = 0x02;
    private const uint Running = 0x04;
    private const uint Wireless = 0x08;
    private const uint ConnectionBits = 0x30;

    /// <summary>The interfaces, those that are up and connected first, as libpcap sorts them.</summary>
    /// <param name="devices">The interfaces; empty when there is a problem.</param>
    /// <param name="problem">Why they cannot be listed; null when they are.</param>
    public static bool TryRead(out ImmutableArray<CaptureDevice> devices, out LiveProblem? problem)
    {
        problem = PcapLibrary.Problem;
        devices = problem is null ? [.. LiveDevice.List(out problem).Select(DeviceOf)] : [];
        return problem is null;
    }

    /// <summary>The names of the interfaces; empty when they cannot be listed.</summary>
    internal static IReadOnlyCollection<string> Names() =>
        TryRead(out var devices, out _) ? [.. devices.Select(device => device.Name)] : [];

    private static CaptureDevice DeviceOf(PcapInterface listed) =>
        new(listed.Name, listed.Description ?? "", [.. AddressesOf(listed).Select(WithoutScope)])
        {
            IsUp = (listed.Flags & Up) != 0,
            IsRunning = (listed.Flags & Running) != 0,
            IsLoopback = (listed.Flags & Loopback) != 0,
            IsWireless = (listed.Flags & Wireless) != 0,
            Connection = (DeviceConnection)(listed.Flags & ConnectionBits),
        };

    /// <summary>SharpPcap reads addresses as Linux and Windows lay them out; macOS has a length before the
    /// family.</summary>
    private static IEnumerable<IPAddress> AddressesOf(PcapInterface listed) => OperatingSystem.IsMacOS()
        ? NetworkInterface.GetAllNetworkInterfaces().Where(one => one.Name == listed.Name)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses, (_, unicast) => unicast.Address)
        : listed.Addresses.Select(address => address.Addr?.ipAddress).OfType<IPAddress>();

    private static string WithoutScope(IPAddress address) => new IPAddress(address.GetAddressBytes()).ToString();
}
