using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Mapi;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>
/// Reads where a client of Exchange wants to be told of new messages: a UDP port of its own, to which the server sends
/// datagrams that nobody answers and that hold nothing but what the client made up, so that no protocol has a name for
/// them.
/// </summary>
internal static class PushAnnouncements
{
    /// <summary>Name of the service.</summary>
    public const string Service = RpcInterfaces.PushNotification;

    /// <summary>Reads a request.</summary>
    public static void Read(in RpcStub stub, AnnouncementNotes notes)
    {
        if (!PushRegistration.TryParse(stub.Bytes, stub.Syntax, out var registration, out _))
            return;
        var end = ToldAddress.Reached(registration.Address, registration.Port, stub.Client);
        notes.Announce(new AnnouncementDraft(end, IpProtocol.Udp, stub.Server) { Service = Service });
    }
}
