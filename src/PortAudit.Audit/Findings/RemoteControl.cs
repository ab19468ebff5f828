using System.Collections.Frozen;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Services by which one host controls another, by name and by the ports that they usually have.</summary>
public static class RemoteControl
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.Ordinal,
        "rdp", "vnc", "telnet", "ssh", "winrm", "rlogin", "rsh", "rexec", "x11", "radmin", "teamviewer", "anydesk");

    /// <summary>Ports by which such a service is usually reached, over TCP.</summary>
    private static readonly (PortRange Ports, string Name)[] Usual =
    [
        (new PortRange(22, 22), "ssh"), // RFC 4253 §4.1
        (new PortRange(23, 23), "telnet"), // RFC 854
        (new PortRange(512, 512), "rexec"),
        (new PortRange(513, 513), "rlogin"), // RFC 1282
        (new PortRange(514, 514), "rsh"),
        (new PortRange(3389, 3389), "rdp"), // [MS-RDPBCGR] 2.1
        (new PortRange(4899, 4899), "radmin"),
        (new PortRange(5800, 5899), "vnc"),
        (new PortRange(5900, 5999), "vnc"), // RFC 6143 §3: 5900 and the number of the display
        (new PortRange(5938, 5938), "teamviewer"),
        (new PortRange(5985, 5986), "winrm"), // [MS-WSMV] 2.1
        (new PortRange(6000, 6063), "x11"),
    ];

    /// <summary>True for the name of such a protocol.</summary>
    public static bool IsName(string protocol) => Names.Contains(protocol);

    /// <summary>The service that usually has this port; null when none of them does.</summary>
    public static string? NameOf(IpProtocol transport, ushort port) => transport == IpProtocol.Tcp
        ? Usual.Where(entry => entry.Ports.Contains(port)).OrderBy(entry => entry.Ports.Size)
            .Select(entry => entry.Name).FirstOrDefault()
        : null;
}
