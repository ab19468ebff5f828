using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Mapi;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads the UDP port where an Exchange client wants notifications of new messages. The server sends datagrams
/// with data chosen by the client and without reply, so no recogniser can name them.</summary>
internal static class PushAnnouncements
{
    /// <summary>Name of the service.</summary>
    public const string Service = RpcInterfaces.PushNotification;

    public static void Read(in RpcStub stub, AnnouncementNotes notes)
    {
        if (!PushRegistration.TryParse(stub.Bytes, stub.Syntax, out var registration, out _))
            return;
        var end = ReportedAddress.Reached(registration.Address, registration.Port, stub.Client);
        notes.Announce(new AnnouncementDraft(end, IpProtocol.Udp, stub.Server) { Service = Service });
    }
}
