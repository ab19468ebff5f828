using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace PortAudit.Live.Host;

/// <summary>
/// The offloads of a network card that make frames in a capture larger than those on the wire: it joins what comes
/// (GRO, LRO) and cuts what goes (TSO, GSO) where capture does not see it. Asked of the kernel by <c>SIOCETHTOOL</c>
/// (<c>linux/sockios.h</c>, commands of <c>linux/ethtool.h</c>), which any user may.
/// </summary>
internal static unsafe class Offloads
{
    private const nuint EthtoolRequest = 0x8946;
    private const int LongestName = 15;

    private static readonly ImmutableArray<(string Name, uint Command, uint Mask)> Asked =
    [
        ("gro", 0x2b, 1),
        ("lro", 0x25, 1 << 15),
        ("tso", 0x1e, 1),
        ("gso", 0x23, 1),
    ];

    /// <summary>The offloads of an interface that are on, as <c>ethtool -K</c> names them. Null if unknown: not Linux,
    /// no such interface, or an unsupporting driver.</summary>
    public static ImmutableArray<string>? Of(string device)
    {
        if (!OperatingSystem.IsLinux() || Encoding.UTF8.GetByteCount(device) > LongestName)
            return null;
        var socket = LinuxCalls.OpenSocket(LinuxCalls.InternetFamily, LinuxCalls.DatagramSocket, 0);
        if (socket < 0)
            return null;
        var on = ImmutableArray.CreateBuilder<string>();
        var isKnown = false;
        foreach (var (name, command, mask) in Asked)
        {
            if (Ask(socket, device, command) is not { } value)
                continue;
            isKnown = true;
            if ((value & mask) != 0)
                on.Add(name);
        }

        _ = LinuxCalls.Close(socket);
        return isKnown ? on.ToImmutable() : null;
    }

    private static uint? Ask(int socket, string device, uint command)
    {
        var value = new EthtoolValue { Command = command };
        InterfaceRequest request = default;
        Encoding.UTF8.GetBytes(device, new Span<byte>(request.Name, LongestName));
        request.Pointer = &value;
        return LinuxCalls.Control(socket, EthtoolRequest, &request) == 0 ? value.Value : null;
    }

    /// <summary><c>struct ethtool_value</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct EthtoolValue
    {
        public uint Command;
        public uint Value;
    }

    /// <summary><c>struct ifreq</c> (<c>linux/if.h</c>): the name with a 0 behind it, then a union of 24 bytes whose
    /// pointer is used here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    private struct InterfaceRequest
    {
        public fixed byte Name[LongestName + 1];
        public void* Pointer;
    }
}
