using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Msmq;
using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads Message Queuing ports: a response is the port in 32 bits, 0 for none.</summary>
internal static class QueueAnnouncements
{
    /// <summary>Reads a response of an interface.</summary>
    public static void Read(Guid asked, in RpcStub stub, AnnouncementNotes notes)
    {
        var reader = new NdrReader(stub.Bytes, stub.Syntax);
        var port = reader.UInt32();
        if (reader.HasFailed || port is 0 or > ushort.MaxValue
            || MsmqPortQuestion.InterfaceOf(asked, stub.Argument) is not { } uuid)
            return;
        notes.Announce(RpcService.Of(uuid, new Endpoint(stub.Server, (ushort)port), IpProtocol.Tcp, stub.Client));
    }
}
