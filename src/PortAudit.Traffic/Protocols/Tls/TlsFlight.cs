using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Result of the unencrypted handshake messages of one direction.</summary>
internal struct TlsFlight
{
    /// <summary>Messages read per direction: a full handshake has about six.</summary>
    public const int MaximumMessages = 64;

    /// <summary>Buffer for messages that span records: a hello with post-quantum key shares (about 2 KB). Only the
    /// start of longer ones is read.</summary>
    private const int ScratchLength = 4096;

    /// <summary>Services by ALPN; null when <see cref="Service"/> is not needed.</summary>
    public AlpnServices? Services { get; set; }

    /// <summary>True when this side's hello was read.</summary>
    public bool SawHello { get; private set; }

    /// <summary>True between a HelloRetryRequest and the server's final hello.</summary>
    public bool IsRetry { get; private set; }

    /// <summary>Version selected by a server hello, or the highest offered by a client hello.</summary>
    public ushort Version { get; private set; }

    /// <summary>Session id of the hello.</summary>
    public TlsSessionId SessionId { get; private set; }

    /// <summary>Cipher suite selected by a server hello; null before.</summary>
    public ushort? CipherSuite { get; private set; }

    /// <summary>Service by ALPN: the server's selection, or the client's offer if unambiguous.</summary>
    public string? Service { get; private set; }

    /// <summary>True when a client hello has a session ticket (RFC 5077 §3.2).</summary>
    public bool BringsTicket { get; private set; }

    /// <summary>True when a client hello announces early data (RFC 8446 §4.2.10).</summary>
    public bool OffersEarlyData { get; private set; }

    /// <summary>True when a server hello selects a pre-shared key (RFC 8446 §4.2.11).</summary>
    public bool SelectsPreSharedKey { get; private set; }

    /// <summary>True when the server requested the client's certificate.</summary>
    public bool SawCertificateRequest { get; private set; }

    /// <summary>True after ServerHelloDone.</summary>
    public bool SawServerHelloDone { get; private set; }

    /// <summary>True after ClientKeyExchange.</summary>
    public bool SawClientKeyExchange { get; private set; }

    /// <summary>True when a Certificate message came, possibly empty.</summary>
    public bool SawCertificate { get; private set; }

    public bool IsCertificateEmpty { get; private set; }

    /// <summary>Unencrypted alerts.</summary>
    public TlsAlerts Alerts { get; private set; }

    /// <summary>Why reading ended.</summary>
    public TlsHandshakeEnd End { get; private set; }

    /// <summary>True when more bytes of this direction are irrelevant.</summary>
    public readonly bool IsOver => End != TlsHandshakeEnd.OutOfBytes;

    /// <summary>Reads one direction. A reassembly buffer is only cleared for the few with messages that span
    /// records.</summary>
    public void Read(ReadOnlySpan<byte> stream)
    {
        Read(stream, [], out var isLeftOut);
        if (isLeftOut)
            ReadSpanning(stream);
    }

    /// <summary>Reads one direction, reassembling messages in <paramref name="scratch"/>.</summary>
    public void Read(ReadOnlySpan<byte> stream, Span<byte> scratch) => Read(stream, scratch, out _);

    private void ReadSpanning(ReadOnlySpan<byte> stream)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        this = new TlsFlight { Services = Services };
        Read(stream, scratch);
    }

    private void Read(ReadOnlySpan<byte> stream, Span<byte> scratch, out bool isLeftOut)
    {
        isLeftOut = false;
        if (SslV2Hello.MayBegin(stream) && IsOldServer(stream))
            return;
        var reader = new TlsHandshakeReader(stream, scratch);
        for (var i = 0; i < MaximumMessages && reader.TryRead(out var message); i++)
        {
            Add(message);
            reader.PassesCipherChange = IsRetry;
        }

        isLeftOut = reader.IsLeftOut;
        End = reader.End;
        Alerts = reader.Alerts;
    }

    /// <summary>Reads an SSL 2.0 hello. True when it is, or may become, a server's, after which no record follows.
    /// After a client's, the handshake continues in records.</summary>
    private bool IsOldServer(ReadOnlySpan<byte> stream)
    {
        if (SslV2Hello.TryParse(stream, out var hello, out _))
            (SawHello, Version) = (true, hello.Version < TlsVersion.Ssl3 ? TlsVersion.Ssl2 : hello.Version);
        if (!SslV2ServerHello.TryParse(stream, out var answer, out var error))
            return error == ParseError.Incomplete;
        (SawHello, Version, SawCertificate, End) =
            (true, TlsVersion.Ssl2, !answer.ResumesSession, TlsHandshakeEnd.Encrypted);
        return true;
    }

    private void Add(scoped in TlsHandshakeMessage message)
    {
        switch (message.Type)
        {
            case TlsMessageType.ClientHello when !SawHello:
                AddHello(message.Body, isClient: true);
                break;
            case TlsMessageType.ServerHello when !SawHello || IsRetry:
                AddHello(message.Body, isClient: false);
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

    /// <summary>Adds a hello. A separate method, so that other messages do not pay for its views.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddHello(scoped ReadOnlySpan<byte> body, bool isClient)
    {
        if (!TlsHello.TryParse(body, isClient, out var hello, out _))
            return;
        if (!isClient)
        {
            IsRetry = !SawHello && hello.IsRetryRequest;
            CipherSuite = BinaryPrimitives.ReadUInt16BigEndian(hello.CipherSuites);
        }

        TlsHelloTerms.Find(hello.Extensions, out var terms);
        var version = isClient ? TlsVersion.HighestOf(terms.Versions) : TlsVersion.SelectedBy(terms.Versions);
        SawHello = true;
        Version = version > 0 ? version : hello.LegacyVersion;
        SessionId = TlsSessionId.Of(hello.SessionId);
        Service = Services?.OfOffer(terms.AlpnNames);
        BringsTicket = isClient && !terms.SessionTicket.IsEmpty;
        OffersEarlyData = isClient && terms.HasEarlyData;
        SelectsPreSharedKey = !isClient && terms.HasPreSharedKey;
    }
}
