using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Combined result of both directions of a handshake, filled in place as they are large.</summary>
internal struct TlsFlights
{
    /// <summary>The client's direction.</summary>
    public TlsFlight Client;

    /// <summary>The server's direction.</summary>
    public TlsFlight Server;

    /// <summary>Client authentication (RFC 5246 §7.4.4, §7.4.6). A client Certificate message proves a request, seen or
    /// not; a full handshake without a request has a ServerHelloDone, a resumed one does not.</summary>
    public readonly ClientCertificate ClientCertificate
    {
        get
        {
            if (Client.SawCertificate)
                return Client.IsCertificateEmpty
                    ? ClientCertificate.RequestedNotPresented
                    : ClientCertificate.Presented;
            if (Server.SawCertificateRequest)
                return Client.SawClientKeyExchange
                    ? ClientCertificate.RequestedNotPresented
                    : ClientCertificate.Requested;
            return Server.SawServerHelloDone ? ClientCertificate.NotRequested : ClientCertificate.Unknown;
        }
    }

    /// <summary>Resumption. Up to TLS 1.2 the server resumes by repeating the client's session id, which a client with
    /// a ticket makes up for this (RFC 5246 §7.3, RFC 5077 §3.4), or, with a ticket alone, by changing the cipher right
    /// after its hello. TLS 1.3 always repeats the id and resumes with a pre-shared key (RFC 8446 §2.2).</summary>
    public readonly TlsResumption Resumption
    {
        get
        {
            if (!Server.SawHello || Server.IsRetry)
                return TlsResumption.Unknown;
            if (TlsVersion.HidesHandshake(Server.Version))
                return Server.SelectsPreSharedKey ? TlsResumption.PreSharedKey : TlsResumption.None;
            if (Server.SawCertificate || Server.SawServerHelloDone)
                return TlsResumption.None;
            var isRepeated = Client.SessionId.Length > 0 && Client.SessionId == Server.SessionId;
            if (Client.BringsTicket && (isRepeated || Server.End == TlsHandshakeEnd.Encrypted))
                return TlsResumption.Ticket;
            return isRepeated ? TlsResumption.SessionId : TlsResumption.Unknown;
        }
    }

    /// <summary>True while more bytes may add something: each side may send alerts until it changes the cipher. A
    /// server that changed it in a full handshake has the client's part; if not seen, it will not come.</summary>
    public readonly bool IsUnderWay
    {
        get
        {
            if (HasFailed(Client) || HasFailed(Server))
                return false;
            if (!Server.SawHello || Server.IsRetry || Server.End == TlsHandshakeEnd.OutOfBytes)
                return Server.End == TlsHandshakeEnd.OutOfBytes;
            return Client.SawHello && !Client.SawClientKeyExchange && Client.End == TlsHandshakeEnd.OutOfBytes;
        }
    }

    private static bool HasFailed(in TlsFlight flight) =>
        flight.End is TlsHandshakeEnd.Foreign or TlsHandshakeEnd.Closed;
}
