using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>What the handshake messages in clear of one direction amount to.</summary>
internal record struct TlsFlight
{
    /// <summary>Messages that are read of one direction at most: a full handshake has about six.</summary>
    public const int MaximumMessages = 64;

    /// <summary>Scratch space for messages that span records: room for a hello with post-quantum key shares (about 2 KB). Of longer ones only the start is read.</summary>
    private const int ScratchLength = 4096;

    /// <summary>True after the hello of this direction's side, which was read.</summary>
    public bool SawHello { get; private set; }

    /// <summary>True after a server hello that asked for another client hello, until the server's hello proper.</summary>
    public bool IsRetry { get; private set; }

    /// <summary>Version that a server hello selects, or the highest that a client hello offers.</summary>
    public ushort Version { get; private set; }

    /// <summary>Session id of the hello.</summary>
    public TlsSessionId SessionId { get; private set; }

    /// <summary>Cipher suite that a server hello selects; null before one.</summary>
    public ushort? CipherSuite { get; private set; }

    /// <summary>Service by ALPN: the server's selection, or the client's offer if all of it is one service.</summary>
    public string? Service { get; private set; }

    /// <summary>True when a client hello brings a session ticket (RFC 5077 §3.2).</summary>
    public bool BringsTicket { get; private set; }

    /// <summary>True when a client hello announces early data (RFC 8446 §4.2.10).</summary>
    public bool OffersEarlyData { get; private set; }

    /// <summary>True when a server hello selects a pre-shared key (RFC 8446 §4.2.11).</summary>
    public bool SelectsPreSharedKey { get; private set; }

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

    /// <summary>The alerts in clear.</summary>
    public TlsAlerts Alerts { get; private set; }

    /// <summary>Why the reading ended.</summary>
    public TlsHandshakeEnd End { get; private set; }

    /// <summary>Reads one direction. Few have messages that span records: only those pay for the blank space in which they are put together.</summary>
    public static TlsFlight Read(ReadOnlySpan<byte> stream)
    {
        var flight = Read(stream, [], out var isLeftOut);
        return isLeftOut ? ReadSpanning(stream) : flight;
    }

    /// <summary>Reads one direction. Messages that span records are put together in <paramref name="scratch"/>.</summary>
    public static TlsFlight Read(ReadOnlySpan<byte> stream, Span<byte> scratch) => Read(stream, scratch, out _);

    private static TlsFlight ReadSpanning(ReadOnlySpan<byte> stream)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        return Read(stream, scratch);
    }

    private static TlsFlight Read(ReadOnlySpan<byte> stream, Span<byte> scratch, out bool isLeftOut)
    {
        isLeftOut = false;
        var flight = default(TlsFlight);
        if (SslV2Hello.TryParse(stream, out var hello, out _))
        {
            flight.SawHello = true;
            flight.Version = hello.Version < TlsVersion.Ssl3 ? TlsVersion.Ssl2 : hello.Version;
        }

        if (SslV2ServerHello.TryParse(stream, out var answer, out var error))
        {
            (flight.SawHello, flight.Version, flight.SawCertificate, flight.End) = (true, TlsVersion.Ssl2, !answer.ResumesSession, TlsHandshakeEnd.Encrypted);
            return flight;
        }

        // Of another byte a record of TLS would begin.
        if (error == ParseError.Incomplete && !stream.IsEmpty)
            return flight;

        var reader = new TlsHandshakeReader(stream, scratch);
        for (var i = 0; i < MaximumMessages && reader.TryRead(out var message); i++)
        {
            flight.Add(message);
            reader.PassesCipherChange = flight.IsRetry;
        }

        isLeftOut = reader.IsLeftOut;
        flight.End = reader.End;
        flight.Alerts = reader.Alerts;
        return flight;
    }

    private void Add(TlsHandshakeMessage message)
    {
        switch (message.Type)
        {
            case TlsMessageType.ClientHello when !SawHello && TlsHello.TryParse(message.Body, isClient: true, out var hello, out _):
                Version = hello.Extensions.HighestVersion is > 0 and var offered ? offered : hello.LegacyVersion;
                BringsTicket = !hello.Extensions.Find(TlsExtension.SessionTicket).IsEmpty;
                OffersEarlyData = hello.Extensions.Contains(TlsExtension.EarlyData);
                AddHello(hello);
                break;
            case TlsMessageType.ServerHello when (!SawHello || IsRetry) && TlsHello.TryParse(message.Body, isClient: false, out var hello, out _):
                IsRetry = !SawHello && hello.IsRetryRequest;
                Version = hello.Extensions.SelectedVersion is > 0 and var selected ? selected : hello.LegacyVersion;
                CipherSuite = BinaryPrimitives.ReadUInt16BigEndian(hello.CipherSuites);
                SelectsPreSharedKey = hello.Extensions.Contains(TlsExtension.PreSharedKey);
                AddHello(hello);
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

    private void AddHello(TlsHello hello)
    {
        SawHello = true;
        SessionId = TlsSessionId.Of(hello.SessionId);
        Service = AlpnService.OfOffer(hello.Extensions.AlpnNames);
    }
}
