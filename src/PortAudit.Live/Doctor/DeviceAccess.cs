using System.Collections.Immutable;
using PortAudit.Live.Devices;
using PortAudit.Live.Host;
using PortAudit.Live.Interfaces;
using PortAudit.Live.Pcap;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Doctor;

/// <summary>Whether an interface can be captured by this process now: it was opened as capture would, and closed
/// again.</summary>
/// <param name="LinkTypes">Its link types, the one that it has at first before the others; empty when it could not be
/// opened.</param>
/// <param name="Problem">Why it could not be opened; null when it could, or was not tried.</param>
/// <param name="WasTried">False for what is no network interface.</param>
public sealed record DeviceAccess(ImmutableArray<LinkType> LinkTypes, LiveProblem? Problem, bool WasTried)
{
    /// <summary>Small, and without promiscuous mode, which others would see.</summary>
    private static readonly LiveOptions Trial = new()
    {
        Interfaces = [],
        SnapLength = 256,
        BufferBytes = 512 * 1024,
        IsPromiscuous = false
    };

    /// <summary>True when it could be opened.</summary>
    public bool CanCapture => WasTried && Problem is null;

    /// <summary>Tries a device. Other sources that libpcap lists (netfilter's queues, buses, Bluetooth) are not opened:
    /// opening a queue steals its packets.</summary>
    public static DeviceAccess Of(string device)
    {
        if (device != InterfaceName.Any && !InterfaceName.IsInterface(device))
            return new DeviceAccess([], null, WasTried: false);
        using var open = InterfaceOpening.TryActivate(device, Trial, [], out var problem);
        return new DeviceAccess(open is null ? [] : LinkTypesOf(open), problem, WasTried: true);
    }

    private static unsafe ImmutableArray<LinkType> LinkTypesOf(LiveDevice open)
    {
        var types = new List<LinkType> { DataLink.ToLinkType((int)open.LinkType) };
        int* listed = null;
        var count = LibPcap.ListDataLinks(open.Handle, &listed);
        for (var index = 0; index < count; index++)
            types.Add(DataLink.ToLinkType(listed[index]));
        if (count >= 0)
            LibPcap.FreeDataLinks(listed);
        return [.. types.Distinct()];
    }
}
