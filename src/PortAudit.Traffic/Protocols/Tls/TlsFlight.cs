using PortAudit.Traffic.Identification;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>What the handshake messages in clear of one direction amount to.</summary>
internal record struct TlsFlight
{
    /// <summary>Messages that are read of one direction at most: a full handshake has about six.</summary>
    public const int MaximumMessages = 64;

    /// <summary>True after the hello of this direction's side, which was read.</summary>
    public bool SawHello { get; private set; }

    /// <summary>Version that a server hello selects, or the highest that a client hello offers.</summary>
    public ushort Version { get; private set; }

    /// <summary>Service by ALPN: the server's selection, or the client's offer if all of it is one service.</summary>
    public string? Service { get; private set; }

    /// <summary>True when the server asked for the client's certificate.</summary>
    public bool SawCertificateRequest { get; private set; }

    /// <summary>True after ServerHelloDone.</summary>
    public bool SawServerHelloDone { get; private set; }

    /// <summary>True after ClientKeyExchange.</summary>
    public bool SawClientKeyExchange { get; private set; }

    /// <summary>True when a Certificate message came, whatever it held.</summary>
    public bool SawCertificate { get; private set; }

    /// <summary>True when that message held no certificate.</summary>
    public bool IsCertificateEmpty { get; private set; }

    /// <summary>Why the reading ended.</summary>
    public TlsHandshakeEnd End { get; private set; }

    /// <summary>Reads one direction. Messages that span records are put together in <paramref name="scratch"/>.</summary>
    public static TlsFlight Read(ReadOnlySpan<byte> stream, Span<byte> scratch)
    {
        var flight = default(TlsFlight);
        if (SslV2Hello.TryParse(stream, out var hello, out _))
        {
            flight.SawHello = true;
            flight.Version = hello.Version < TlsVersion.Ssl3 ? TlsVersion.Ssl2 : hello.Version;
        }

        var reader = new TlsHandshakeReader(stream, scratch);
        for (var i = 0; i < MaximumMessages && reader.TryRead(out var message); i++)
            flight.Add(message);
        flight.End = reader.End;
        return flight;
    }

    /// <summary>
    /// What two flights show of client authentication (RFC 5246 §7.4.4, §7.4.6). A Certificate message from the client answers a request
    /// whether or not that was seen; a full handshake without a request has a ServerHelloDone, a resumed one has none.
    /// </summary>
    public static ClientCertificate ClientCertificateOf(TlsFlight client, TlsFlight server)
    {
        if (client.SawCertificate)
            return client.IsCertificateEmpty ? ClientCertificate.RequestedNotPresented : ClientCertificate.Presented;
        if (server.SawCertificateRequest)
            return client.SawClientKeyExchange ? ClientCertificate.RequestedNotPresented : ClientCertificate.Requested;
        return server.SawServerHelloDone ? ClientCertificate.NotRequested : ClientCertificate.Unknown;
    }

    /// <summary>True while more bytes would tell more of a handshake.</summary>
    public static bool IsUnderWay(TlsFlight client, TlsFlight server)
    {
        if (client.End is TlsHandshakeEnd.Foreign or TlsHandshakeEnd.Closed || server.End is TlsHandshakeEnd.Foreign or TlsHandshakeEnd.Closed)
            return false;
        if (!server.SawHello)
            return server.End == TlsHandshakeEnd.OutOfBytes;
        if (TlsVersion.HidesHandshake(server.Version) || server.End == TlsHandshakeEnd.Encrypted)
            return false;
        var isClientDone = client.SawClientKeyExchange || client.End == TlsHandshakeEnd.Encrypted;
        return !isClientDone && (!server.SawServerHelloDone || server.SawCertificateRequest);
    }

    private void Add(TlsHandshakeMessage message)
    {
        switch (message.Type)
        {
            case TlsMessageType.ClientHello when !SawHello && TlsHello.TryParse(message.Body, isClient: true, out var hello, out _):
                SawHello = true;
                Version = hello.Extensions.HighestVersion is > 0 and var offered ? offered : hello.LegacyVersion;
                Service = AlpnService.OfOffer(hello.Extensions.AlpnNames);
                break;
            case TlsMessageType.ServerHello when !SawHello && TlsHello.TryParse(message.Body, isClient: false, out var hello, out _):
                SawHello = true;
                Version = hello.Extensions.SelectedVersion is > 0 and var selected ? selected : hello.LegacyVersion;
                Service = AlpnService.OfOffer(hello.Extensions.AlpnNames);
                break;
            case TlsMessageType.Certificate when message.Length >= TlsCertificateList.EmptyLength:
                SawCertificate = true;
                IsCertificateEmpty = message.Length == TlsCertificateList.EmptyLength;
                break;
            case TlsMessageType.CertificateRequest:
                SawCertificateRequest = true;
                break;
            case TlsMessageType.ServerHelloDone:
                SawServerHelloDone = true;
                break;
            case TlsMessageType.ClientKeyExchange:
                SawClientKeyExchange = true;
                break;
        }
    }
}
