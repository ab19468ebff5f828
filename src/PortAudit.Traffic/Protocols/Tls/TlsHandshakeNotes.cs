using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>What is kept of a TLS handshake after its bytes are released: some hundred bytes, with clear certificates
/// one or two thousand, written once per flow without allocating. <see cref="TlsNoteReader"/> converts them to a
/// <see cref="TlsHandshake"/> for reports.</summary>
internal static class TlsHandshakeNotes
{
    /// <summary>Bytes kept per TLS handshake: hellos, alerts and some certificates always fit; what does not is
    /// counted.</summary>
    public const int MaximumLength = 4096;

    /// <summary>Version, flags, client certificate state, suite, resumption, counts of server and client
    /// certificates.</summary>
    public const int HeaderLength = 9;

    /// <summary>Flag: the server's hello was seen.</summary>
    public const byte SawServerHello = 1;

    /// <summary>Flag: a server hello named a suite.</summary>
    public const byte HasCipherSuite = 2;

    /// <summary>Flag: the client announced early data.</summary>
    public const byte OffersEarlyData = 4;

    /// <summary>A host name has at most 253 characters (RFC 1035 §2.3.4).</summary>
    private const int MaximumServerName = 255;
    private const int MaximumAlpn = 64;

    /// <summary>Room for the client's ALPN list; browsers offer two names.</summary>
    private const int MaximumOffer = 160;

    /// <summary>Buffer for a message that spans records: as much as is kept of a stream, for certificate
    /// chains.</summary>
    private const int ScratchLength = Conversation.MaximumStreamLength;

    /// <summary>Writes the captured parts of both directions of a handshake. Returns the length in bytes: 0 without a
    /// hello or when <paramref name="destination"/> is too short.</summary>
    public static int Write(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer, Span<byte> destination) =>
        Write(fromClient, fromServer, destination, Ja4.OverTcp);

    /// <summary>The same for QUIC hellos, converted to TLS records.</summary>
    public static int WriteOverQuic(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer,
        Span<byte> destination) =>
        Write(fromClient, fromServer, destination, Ja4.OverQuic);

    private static int Write(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer, Span<byte> destination,
        byte transport)
    {
        Span<byte> clientScratch = stackalloc byte[ScratchLength];
        Span<byte> serverScratch = stackalloc byte[ScratchLength];
        var flights = default(TlsFlights);
        flights.Client.Read(fromClient, clientScratch);
        flights.Server.Read(fromServer, serverScratch);
        if (destination.Length < HeaderLength || !(flights.Client.SawHello || flights.Server.SawHello))
            return 0;

        WriteHeader(flights, destination);
        var writer = new TlsNoteWriter(destination[..Math.Min(destination.Length, MaximumLength)], HeaderLength);
        AddClientHello(fromClient, clientScratch, transport, ref writer);
        AddServerHello(fromServer, serverScratch, ref writer);
        AddAlerts(TlsNote.ClientAlert, flights.Client.Alerts, ref writer);
        AddAlerts(TlsNote.ServerAlert, flights.Server.Alerts, ref writer);

        var server = CertificatesIn(fromServer, serverScratch);
        var client = CertificatesIn(fromClient, clientScratch);
        (destination[7], destination[8]) = (TlsCertificateNotes.Count(server), TlsCertificateNotes.Count(client));
        TlsCertificateNotes.Write(server, client, ref writer);
        return writer.Length;
    }

    private static void WriteHeader(in TlsFlights flights, Span<byte> header)
    {
        ref readonly var client = ref flights.Client;
        ref readonly var server = ref flights.Server;
        BinaryPrimitives.WriteUInt16BigEndian(header, server.SawHello ? server.Version : client.Version);
        var seen = server.SawHello ? SawServerHello : 0;
        var suite = server.CipherSuite is null ? 0 : HasCipherSuite;
        var earlyData = client.OffersEarlyData ? OffersEarlyData : 0;
        header[2] = (byte)(seen | suite | earlyData);
        header[3] = (byte)flights.ClientCertificate;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], server.CipherSuite ?? 0);
        header[6] = (byte)flights.Resumption;
    }

    /// <summary>The first hello: a second one answers a HelloRetryRequest and repeats it (RFC 8446 §4.1.2).</summary>
    private static void AddClientHello(scoped ReadOnlySpan<byte> stream, scoped Span<byte> scratch, byte transport,
        ref TlsNoteWriter writer)
    {
        var reader = new TlsHandshakeReader(stream, scratch);
        for (var i = 0; i < TlsFlight.MaximumMessages && reader.TryRead(out var message); i++)
        {
            if (message.Type != TlsMessageType.ClientHello
                || !TlsHello.TryParse(message.Body, isClient: true, out var hello, out _))
                continue;
            writer.AddCut(TlsNote.ServerName, hello.Extensions.ServerName, MaximumServerName);
            AddOffer(hello.Extensions.AlpnNames, ref writer);
            if (message.Body.Length == message.Length)
                AddFingerprints(hello, transport, ref writer);
            return;
        }
    }

    private static void AddOffer(scoped AlpnNames names, ref TlsNoteWriter writer)
    {
        var room = MaximumOffer;
        foreach (var name in names)
        {
            room -= TlsNoteWriter.HeaderLength + name.Length;
            if (room < 0 || !writer.TryAdd(TlsNote.OfferedAlpn, name))
                return;
        }
    }

    private static void AddFingerprints(scoped TlsHello hello, byte transport, ref TlsNoteWriter writer)
    {
        Span<byte> fingerprint = stackalloc byte[Ja4.Length];
        if (Ja3.TryWriteClient(hello, fingerprint))
            writer.TryAdd(TlsNote.Ja3, fingerprint[..Ja3.Length]);
        if (Ja4.TryWrite(hello, transport, fingerprint))
            writer.TryAdd(TlsNote.Ja4, fingerprint);
    }

    /// <summary>The final hello: it repeats what a HelloRetryRequest selected.</summary>
    private static void AddServerHello(scoped ReadOnlySpan<byte> stream, scoped Span<byte> scratch,
        ref TlsNoteWriter writer)
    {
        var reader = new TlsHandshakeReader(stream, scratch) { PassesCipherChange = true };
        for (var i = 0; i < TlsFlight.MaximumMessages && reader.TryRead(out var message); i++)
        {
            if (message.Type != TlsMessageType.ServerHello
                || !TlsHello.TryParse(message.Body, isClient: false, out var hello, out _) || hello.IsRetryRequest)
                continue;
            var names = hello.Extensions.AlpnNames;
            if (names.MoveNext())
                writer.AddCut(TlsNote.SelectedAlpn, names.Current, MaximumAlpn);
            Span<byte> digest = stackalloc byte[Ja3.Length];
            if (message.Body.Length == message.Length && Ja3.TryWriteServer(hello, digest))
                writer.TryAdd(TlsNote.Ja3S, digest);
            return;
        }
    }

    private static void AddAlerts(TlsNote note, TlsAlerts alerts, ref TlsNoteWriter writer)
    {
        for (var i = 0; i < alerts.Count; i++)
            writer.TryAdd(note, [alerts[i].Level, alerts[i].Description]);
    }

    /// <summary>The certificates of the first nonempty message, inside the stream or
    /// <paramref name="scratch"/>.</summary>
    private static TlsCertificateList CertificatesIn(ReadOnlySpan<byte> stream, Span<byte> scratch)
    {
        var reader = new TlsHandshakeReader(stream, scratch);
        for (var i = 0; i < TlsFlight.MaximumMessages && reader.TryRead(out var message); i++)
        {
            if (message.Type == TlsMessageType.Certificate
                && TlsCertificateList.TryParse(message.Body, out var list, out _))
                return list;
        }

        return default;
    }
}
