using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads ports from endpoint mapper responses. They belong to the responding host: the address in a tower is
/// the server's own view, perhaps of another network, and must be ignored ([MS-RPCE] 2.2.1.2.4).</summary>
internal static class EndpointAnnouncements
{
    /// <summary>Reads an ept_map response.</summary>
    public static void ReadMap(in RpcStub stub, AnnouncementNotes notes) =>
        Read(EndpointMapAnswer.OfMap(stub.Bytes, stub.Syntax), stub, notes);

    /// <summary>Reads an ept_lookup response: everything the server offers.</summary>
    public static void ReadLookup(in RpcStub stub, AnnouncementNotes notes) =>
        Read(EndpointMapAnswer.OfLookup(stub.Bytes, stub.Syntax), stub, notes);

    private static void Read(EndpointMapAnswer answer, in RpcStub stub, AnnouncementNotes notes)
    {
        while (answer.TryRead(out var tower))
        {
            if (tower.Port == 0 || RpcService.IsWellKnown(tower.Port))
                continue;
            var transport = tower.Sequence == RpcProtocolSequence.Udp ? IpProtocol.Udp : IpProtocol.Tcp;
            notes.Announce(RpcService.Of(tower.Interface, new Endpoint(stub.Server, tower.Port), transport,
                stub.Client));
        }
    }
}
