using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Announcements of RPC services.</summary>
internal static class RpcService
{
    /// <summary>Registry name of the protocol.</summary>
    public const string Protocol = "dcerpc";

    /// <summary>Ports of the endpoint mapper, directly and over HTTP ([MS-RPCE] 2.1.1.1, [MS-RPCH] 2.1): well known,
    /// never announced.</summary>
    private const ushort EndpointMapper = 135;
    private const ushort EndpointMapperOverHttp = 593;

    /// <summary>An interface listening at <paramref name="server"/>, for one client or anyone.</summary>
    public static AnnouncementDraft Of(Guid uuid, Endpoint server, IpProtocol transport,
        IpAddress? client) => new(server, transport, client)
        {
            Protocol = Protocol,
            Service = NameOf(uuid),
            ServiceId = uuid.ToString(),
            IsStanding = true,
        };

    /// <summary>Name of an interface, or its UUID when unknown.</summary>
    public static string NameOf(Guid uuid) => RpcInterfaces.Find(uuid) ?? uuid.ToString();

    /// <summary>True for a port that needs no announcement.</summary>
    public static bool IsWellKnown(ushort port) => port is EndpointMapper or EndpointMapperOverHttp;
}
