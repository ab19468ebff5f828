using System.Collections;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Announcements;

/// <summary>The ports that were announced, whoever has them: most flows that end are on none of them, and need not be looked up by their ends.</summary>
internal sealed class AnnouncedPorts
{
    private readonly BitArray _tcp = new(ushort.MaxValue + 1);
    private readonly BitArray _others = new(ushort.MaxValue + 1);

    /// <summary>Notes the port of an announced end. It stays noted when the announcement is forgotten.</summary>
    public void Add(IpProtocol transport, Endpoint server) => Of(transport)[server.Port] = true;

    /// <summary>False when no end with this port was announced.</summary>
    public bool MayHold(IpProtocol transport, ushort port) => Of(transport)[port];

    private BitArray Of(IpProtocol transport) => transport == IpProtocol.Tcp ? _tcp : _others;
}
