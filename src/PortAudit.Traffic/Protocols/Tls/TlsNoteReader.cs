using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Reads the notes that <see cref="TlsHandshakeNotes"/> wrote.</summary>
internal sealed class TlsNoteReader
{
    private readonly ImmutableArray<string>.Builder _offered = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<TlsAlert>.Builder _alerts = ImmutableArray.CreateBuilder<TlsAlert>();
    private readonly List<TlsCertificateDraft> _server = [];
    private readonly List<TlsCertificateDraft> _client = [];
    private TlsCertificateDraft? _latest;
    private string? _serverName;
    private string? _selected;
    private string? _ja3;
    private string? _ja3S;
    private string? _ja4;

    private TlsNoteReader()
    {
    }

    /// <summary>The handshake in the notes; null without any.</summary>
    public static TlsHandshake? Read(ReadOnlySpan<byte> notes)
    {
        if (notes.Length < TlsHandshakeNotes.HeaderLength)
            return null;
        var reader = new TlsNoteReader();
        var rest = notes[TlsHandshakeNotes.HeaderLength..];
        while (rest.Length >= TlsNoteWriter.HeaderLength && rest.Length >= TlsNoteWriter.HeaderLength + rest[1])
        {
            var content = rest.Slice(TlsNoteWriter.HeaderLength, rest[1]);
            reader.Take((TlsNote)rest[0], content);
            rest = rest[(TlsNoteWriter.HeaderLength + content.Length)..];
        }

        return reader.Finish(notes);
    }

    private TlsHandshake Finish(ReadOnlySpan<byte> header)
    {
        var server = Finish(_server);
        var client = Finish(_client);
        return new TlsHandshake
        {
            Version = BinaryPrimitives.ReadUInt16BigEndian(header),
            SawServerHello = (header[2] & TlsHandshakeNotes.SawServerHello) != 0,
            OffersEarlyData = (header[2] & TlsHandshakeNotes.OffersEarlyData) != 0,
            ClientCertificate = (ClientCertificate)header[3],
            CipherSuite = (header[2] & TlsHandshakeNotes.HasCipherSuite) != 0
                ? BinaryPrimitives.ReadUInt16BigEndian(header[4..])
                : null,
            Resumption = (TlsResumption)header[6],
            ServerName = _serverName,
            SelectedAlpn = _selected,
            OfferedAlpn = _offered.ToImmutable(),
            Ja3 = _ja3,
            Ja3S = _ja3S,
            Ja4 = _ja4,
            Alerts = _alerts.ToImmutable(),
            ServerCertificates = server,
            ServerCertificatesNotKept = Math.Max(0, header[7] - server.Length),
            ClientCertificates = client,
            ClientCertificatesNotKept = Math.Max(0, header[8] - client.Length),
        };
    }

    /// <summary>A side's certificates; none without its own, which comes first.</summary>
    private static ImmutableArray<TlsCertificate> Finish(List<TlsCertificateDraft> side) =>
        side is [{ Index: 0 }, ..] ? [.. side.Select(draft => draft.Finish())] : [];

    private void Take(TlsNote note, ReadOnlySpan<byte> content)
    {
        switch (note)
        {
            case TlsNote.ServerName: _serverName = Encoding.Latin1.GetString(content); break;
            case TlsNote.SelectedAlpn: _selected = Encoding.Latin1.GetString(content); break;
            case TlsNote.OfferedAlpn: _offered.Add(Encoding.Latin1.GetString(content)); break;
            case TlsNote.Ja3: _ja3 = Convert.ToHexStringLower(content); break;
            case TlsNote.Ja3S: _ja3S = Convert.ToHexStringLower(content); break;
            case TlsNote.Ja4: _ja4 = Encoding.ASCII.GetString(content); break;
            case TlsNote.ClientAlert or TlsNote.ServerAlert when content.Length == 2:
                _alerts.Add(new TlsAlert(note == TlsNote.ClientAlert, content[0], content[1]));
                break;
            case TlsNote.ServerCertificate: Begin(_server, content); break;
            case TlsNote.ClientCertificate: Begin(_client, content); break;
            case TlsNote.ServerDnsName
                or TlsNote.ServerAddress:
                AddName(_server, content, note == TlsNote.ServerAddress); break;
            case TlsNote.ClientDnsName
                or TlsNote.ClientAddress:
                AddName(_client, content, note == TlsNote.ClientAddress); break;
            default: _latest?.Take(note, content); break;
        }
    }

    private void Begin(List<TlsCertificateDraft> side, ReadOnlySpan<byte> content)
    {
        if (content.Length != TlsCertificateNotes.FixedLength)
            return;
        _latest = new TlsCertificateDraft(content);
        side.Add(_latest);
    }

    private static void AddName(List<TlsCertificateDraft> side, ReadOnlySpan<byte> content, bool isAddress)
    {
        foreach (var draft in side)
        {
            if (!content.IsEmpty && draft.Index == content[0])
                draft.AddName(content[1..], isAddress);
        }
    }
}
