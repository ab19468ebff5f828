using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Services by which one host controls another, by name and by the ports that they usually have.</summary>
public static class RemoteControl
{
    /// <summary>Ports by which such a service is usually reached, over TCP. The last three are known by port
    /// alone.</summary>
    private static readonly (PortRange Ports, string Name)[] Usual =
    [
        .. ProtocolRegistry.Rows.Where(row => row.IsRemoteControl).SelectMany(PortsOf),
        (new PortRange(512, 512), "rexec"),
        (new PortRange(513, 513), "rlogin"), // RFC 1282
        (new PortRange(514, 514), "rsh"),
    ];

    /// <summary>True for the name of such a protocol.</summary>
    public static bool IsName(string protocol) => ProtocolRegistry.Find(protocol) is { } row
        ? row.IsRemoteControl
        : Usual.Any(entry => entry.Name == protocol);

    /// <summary>The service that usually has this port; null when none of them does.</summary>
    public static string? NameOf(IpProtocol transport, ushort port) => transport == IpProtocol.Tcp
        ? Usual.Where(entry => entry.Ports.Contains(port)).OrderBy(entry => entry.Ports.Size)
            .Select(entry => entry.Name).FirstOrDefault()
        : null;

    private static IEnumerable<(PortRange Ports, string Name)> PortsOf(ProtocolRow row)
    {
        foreach (var port in row.TcpPorts)
            yield return (new PortRange(port, port), row.Name);
        if (row.DisplayPorts is { } displays)
            yield return (new PortRange(displays.First, displays.Last), row.Name);
    }
}
