using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>
/// Reads ports from answers of the endpoint mapper. They are ports of the host that answered: the address in a tower is
/// the server's own idea, perhaps of another network or none, and has to be ignored ([MS-RPCE] 2.2.1.2.4).
/// </summary>
internal static class EndpointAnnouncements
{
    /// <summary>Reads an answer to ept_map.</summary>
    public static void ReadMap(in RpcStub stub, AnnouncementNotes notes) =>
        Read(EndpointMapAnswer.OfMap(stub.Bytes, stub.Syntax), stub, notes);

    /// <summary>Reads an answer to ept_lookup: whatever the server offers, whether or not the client wants
    /// it.</summary>
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
