using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Mapi;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Announcements.DceRpc;

/// <summary>
/// Reads where a client of Exchange wants to be told of new messages: a UDP port of its own, to which the server sends datagrams that nobody answers and that hold nothing but what the client made up, so
/// that no protocol has a name for them.
/// </summary>
internal static class PushAnnouncements
{
    /// <summary>Name of the service.</summary>
    public const string Service = "exchange-push-notification";

    /// <summary>Reads a request. A client behind address translation tells the address that it has itself: who is seen to call from a public one is not reached at a private one.</summary>
    public static void Read(in RpcStub stub, AnnouncementNotes notes)
    {
        if (!PushRegistration.TryParse(stub.Bytes, stub.Syntax, out var registration, out _))
            return;
        var address = registration.Address.IsUnspecified || (registration.Address.IsPrivate && !stub.Client.IsPrivate) ? stub.Client : registration.Address;
        notes.Announce(new AnnouncementDraft(new Endpoint(address, registration.Port), IpProtocol.Udp, stub.Server) { Service = Service });
    }
}
