using System.Collections.Immutable;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;

namespace PortAudit.Live.Devices;

/// <summary>Asks libpcap which interfaces there are.</summary>
public static unsafe class DeviceList
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
        devices = [];
        problem = PcapLibrary.Problem;
        if (problem is not null)
            return false;
        var error = stackalloc byte[LibPcap.ErrorLength];
        *error = 0;
        NativeDevice* first = null;
        if (LibPcap.FindDevices(&first, error) != PcapStatus.Success)
        {
            problem = LiveProblem.Refused("", LibPcap.TextAt(error));
            return false;
        }

        devices = Read(first);
        LibPcap.FreeDevices(first);
        return true;
    }

    /// <summary>The names of the interfaces; empty when they cannot be listed.</summary>
    internal static IReadOnlyCollection<string> Names() =>
        TryRead(out var devices, out _) ? [.. devices.Select(device => device.Name)] : [];

    private static ImmutableArray<CaptureDevice> Read(NativeDevice* first)
    {
        var devices = ImmutableArray.CreateBuilder<CaptureDevice>();
        for (var device = first; device is not null; device = device->Next)
        {
            devices.Add(new CaptureDevice(LibPcap.TextAt(device->Name), LibPcap.TextAt(device->Description),
                AddressesOf(device))
            {
                IsUp = (device->Flags & Up) != 0,
                IsRunning = (device->Flags & Running) != 0,
                IsLoopback = (device->Flags & Loopback) != 0,
                IsWireless = (device->Flags & Wireless) != 0,
                Connection = (DeviceConnection)(device->Flags & ConnectionBits),
            });
        }

        return devices.ToImmutable();
    }

    private static ImmutableArray<string> AddressesOf(NativeDevice* device)
    {
        var addresses = ImmutableArray.CreateBuilder<string>();
        for (var address = device->Addresses; address is not null; address = address->Next)
        {
            if (SocketAddress.Read(address->Address) is { } ip)
                addresses.Add(ip.ToString());
        }

        return addresses.ToImmutable();
    }
}
