using System.Globalization;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Makes datagrams that one socket sends to many ports one group: peers of a program that finds them by
/// itself have a port each, and one cause.</summary>
internal static class SocketGroups
{
    /// <summary>Ports from which on those of one socket are one cause.</summary>
    private const int MinimumPorts = 3;

    /// <summary>The groups, by service, in which those of one socket are joined.</summary>
    /// <param name="services">Groups of flows by service.</param>
    public static Dictionary<string, FlowGroup> Join(Dictionary<string, FlowGroup> services)
    {
        var bySocket = services.Select(entry => (entry.Key, Socket: SocketOf(entry.Value)))
            .Where(entry => entry.Socket is not null)
            .GroupBy(entry => entry.Socket!.Value, entry => entry.Key)
            .Where(group => group.Count() >= MinimumPorts).ToList();
        if (bySocket.Count == 0)
            return services;
        var joined = new Dictionary<string, FlowGroup>(services, StringComparer.Ordinal);
        foreach (var socket in bySocket)
        {
            var union = FlowGroup.Union(socket.Select(service => services[service]));
            foreach (var service in socket)
                joined.Remove(service);
            joined.Add(string.Create(CultureInfo.InvariantCulture, $"from {socket.Key}"), union);
        }

        return joined;
    }

    /// <summary>The end from which all flows of the group came, where they are datagrams that no protocol explains;
    /// null otherwise.</summary>
    private static Endpoint? SocketOf(FlowGroup flows)
    {
        if (flows.Protocols.Count > 0 || flows.Flows > FlowGroup.MaximumRetained
            || flows.Transports is not { Count: 1, Min: var transport } || transport != IpProtocol.Udp)
            return null;
        var originators = flows.Retained.Kept.Select(flow => flow.Originator).Distinct().ToList();
        return originators.Count == 1 ? originators[0] : null;
    }
}
