using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>
/// What is kept of a TLS handshake when its bytes are let go: a few hundred bytes, written without allocating while packets pass and
/// turned into a <see cref="TlsHandshake"/> when the flow is reported.
/// </summary>
internal static class TlsHandshakeNotes
{
    /// <summary>Longest notes, in bytes. Single texts have their limits below, so that all of them fit; the server's DNS names take what is left.</summary>
    public const int MaximumLength = 1024;

    /// <summary>A host name has at most 253 characters (RFC 1035 §2.3.4).</summary>
    private const int MaximumServerName = 255;
    private const int MaximumAlpn = 64;
    private const int MaximumSubject = 200;

    /// <summary>Room for the client's whole ALPN list; browsers offer two names.</summary>
    private const int MaximumOffer = 160;

    /// <summary>Scratch space for a message that spans records: the sender's own certificate stands first in a chain and is shorter than this.</summary>
    private const int ScratchLength = 16 * 1024;

    /// <summary>Version, whether the server's hello was seen, state of the client's certificate.</summary>
    private const int HeaderLength = 4;

    /// <summary>Writes what both directions of a handshake show, as far as they were captured. Returns the length in bytes: 0 when no hello was seen or <paramref name="destination"/> is too short for anything.</summary>
    public static int Write(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer, Span<byte> destination)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var client = TlsFlight.Read(fromClient, scratch);
        var server = TlsFlight.Read(fromServer, scratch);
        if (destination.Length < HeaderLength || !(client.SawHello || server.SawHello))
            return 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination, server.SawHello ? server.Version : client.Version);
        destination[2] = server.SawHello ? (byte)1 : (byte)0;
        destination[3] = (byte)TlsFlight.ClientCertificateOf(client, server);
        var writer = new TlsNoteWriter(destination[..Math.Min(destination.Length, MaximumLength)], HeaderLength);
        AddTexts(fromClient, scratch, isClient: true, ref writer);
        AddTexts(fromServer, scratch, isClient: false, ref writer);
        return writer.Length;
    }

    /// <summary>Reads notes; null when there are none.</summary>
    public static TlsHandshake? Read(ReadOnlySpan<byte> notes)
    {
        if (notes.Length < HeaderLength)
            return null;
        string? serverName = null, selected = null, serverSubject = null, clientSubject = null;
        var offered = ImmutableArray.CreateBuilder<string>();
        var dnsNames = ImmutableArray.CreateBuilder<string>();
        var rest = notes[HeaderLength..];
        while (rest.Length >= TlsNoteWriter.HeaderLength && rest.Length >= TlsNoteWriter.HeaderLength + rest[1])
        {
            var bytes = rest.Slice(TlsNoteWriter.HeaderLength, rest[1]);
            switch ((TlsNote)rest[0])
            {
                case TlsNote.ServerName: serverName = Encoding.Latin1.GetString(bytes); break;
                case TlsNote.SelectedAlpn: selected = Encoding.Latin1.GetString(bytes); break;
                case TlsNote.OfferedAlpn: offered.Add(Encoding.Latin1.GetString(bytes)); break;
                case TlsNote.ServerSubject: serverSubject = Encoding.UTF8.GetString(bytes); break;
                case TlsNote.ServerDnsName: dnsNames.Add(Encoding.Latin1.GetString(bytes)); break;
                case TlsNote.ClientSubject: clientSubject = Encoding.UTF8.GetString(bytes); break;
            }

            rest = rest[(TlsNoteWriter.HeaderLength + bytes.Length)..];
        }

        return new TlsHandshake
        {
            Version = BinaryPrimitives.ReadUInt16BigEndian(notes),
            SawServerHello = notes[2] != 0,
            ClientCertificate = (ClientCertificate)notes[3],
            ServerName = serverName,
            SelectedAlpn = selected,
            OfferedAlpn = offered.ToImmutable(),
            ServerSubject = serverSubject,
            ServerNames = dnsNames.ToImmutable(),
            ClientSubject = clientSubject,
        };
    }

    private static void AddTexts(scoped ReadOnlySpan<byte> stream, scoped Span<byte> scratch, bool isClient, ref TlsNoteWriter writer)
    {
        var reader = new TlsHandshakeReader(stream, scratch);
        var sawHello = false;
        for (var i = 0; i < TlsFlight.MaximumMessages && reader.TryRead(out var message); i++)
        {
            var isHello = message.Type == (isClient ? TlsMessageType.ClientHello : TlsMessageType.ServerHello);
            if (isHello && !sawHello && TlsHello.TryParse(message.Body, isClient, out var hello, out _))
            {
                // A second hello answers a HelloRetryRequest and repeats the first (RFC 8446 §4.1.2).
                sawHello = true;
                AddHello(hello.Extensions, isClient, ref writer);
            }
            else if (message.Type == TlsMessageType.Certificate && TlsCertificateList.TryParse(message.Body, out var list, out _))
            {
                AddCertificate(list.Own, isClient, ref writer);
            }
        }
    }

    private static void AddHello(scoped TlsExtensions extensions, bool isClient, ref TlsNoteWriter writer)
    {
        if (isClient)
            writer.AddCut(TlsNote.ServerName, extensions.ServerName, MaximumServerName);
        var room = MaximumOffer;
        foreach (var name in extensions.AlpnNames)
        {
            if (!isClient)
            {
                writer.AddCut(TlsNote.SelectedAlpn, name, MaximumAlpn);
                return;
            }

            room -= TlsNoteWriter.HeaderLength + name.Length;
            if (room < 0 || !writer.TryAdd(TlsNote.OfferedAlpn, name))
                return;
        }
    }

    private static void AddCertificate(scoped ReadOnlySpan<byte> certificate, bool isClient, ref TlsNoteWriter writer)
    {
        if (!CertificateView.TryParse(certificate, out var view, out _))
            return;
        writer.AddName(isClient ? TlsNote.ClientSubject : TlsNote.ServerSubject, view.Subject, MaximumSubject);
        if (isClient)
            return;
        foreach (var name in new DnsNames(view.AlternativeNames))
        {
            if (!writer.TryAdd(TlsNote.ServerDnsName, name))
                return;
        }
    }
}
