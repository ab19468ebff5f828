using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Protocols.Tls;

public sealed class TlsHandshakeNotesTests
{
    private const string ServerSubject = "CN=sip.example.com,O=Müller\\, Söhne \\+ Co,C=DE";
    private const string ClientSubject = "CN=fe01.example.com,OU=Servers,DC=example";

    public static TheoryData<string> TlsVectors =>
        [.. RecogniserVector.All.Where(vector => vector.Protocol == "tls").Select(vector => vector.Name)];

    [Theory]
    [InlineData("tls10-mutual", "TLS 1.0")]
    [InlineData("tls12-mutual-sip", "TLS 1.2")]
    [InlineData("tls12-hello-in-pieces", "TLS 1.2")]
    public void Mutual_authentication_shows_both_subjects(string vector, string version)
    {
        var handshake = Condense(vector);

        Assert.Equal(version, handshake.VersionText);
        Assert.True(handshake.SawServerHello);
        Assert.Equal("sip.example.com", handshake.ServerName);
        Assert.Equal(ServerSubject, handshake.ServerSubject);
        Assert.Equal("sip.example.com access.example.com", string.Join(' ', handshake.ServerNames));
        Assert.Equal(ClientCertificate.Presented, handshake.ClientCertificate);
        Assert.Equal(ClientSubject, handshake.ClientSubject);
    }

    [Fact]
    public void An_empty_certificate_is_none_presented()
    {
        var handshake = Condense("tls12-empty-certificate");

        Assert.Equal(ClientCertificate.RequestedNotPresented, handshake.ClientCertificate);
        Assert.Null(handshake.ClientSubject);
        Assert.Equal(ServerSubject, handshake.ServerSubject);
    }

    [Fact]
    public void A_full_handshake_without_a_request_says_so()
    {
        var handshake = Condense("tls12-no-request-http");

        Assert.Equal(ClientCertificate.NotRequested, handshake.ClientCertificate);
        Assert.Equal("http/1.1", handshake.SelectedAlpn);
        Assert.Equal("h2 http/1.1", string.Join(' ', handshake.OfferedAlpn));
    }

    [Fact]
    public void A_resumed_session_hides_the_certificates()
    {
        var handshake = Condense("tls12-resumed");

        Assert.Equal("TLS 1.2", handshake.VersionText);
        Assert.Equal(ClientCertificate.Unknown, handshake.ClientCertificate);
        Assert.Null(handshake.ServerSubject);
        Assert.Equal("sip.example.com", handshake.ServerName);
    }

    [Fact]
    public void Tls_1_3_shows_the_hellos_only()
    {
        var handshake = Condense("tls13-xmpp");

        Assert.Equal("TLS 1.3", handshake.VersionText);
        Assert.Equal("sip.example.com", handshake.ServerName);
        Assert.Equal("xmpp-client", string.Join(' ', handshake.OfferedAlpn));
        Assert.Null(handshake.SelectedAlpn);
        Assert.Null(handshake.ServerSubject);
        Assert.Equal(ClientCertificate.Unknown, handshake.ClientCertificate);
    }

    [Theory]
    [InlineData("tls12-long-chain")]
    [InlineData("tls12-long-chain-small-records")]
    public void A_chain_beyond_8_KiB_is_read_past(string vector)
    {
        Assert.True(RecogniserVector.Find(vector).FromResponder.Length > 8 * 1024);
        var handshake = Condense(vector);

        Assert.Equal("CN=deep.example.com", handshake.ServerSubject);
        Assert.Equal("deep.example.com", string.Join(' ', handshake.ServerNames));
        Assert.Equal(ClientCertificate.NotRequested, handshake.ClientCertificate);
    }

    [Fact]
    public void Of_too_many_names_the_last_are_left_out_whole()
    {
        var handshake = Condense("tls12-many-names");

        Assert.Equal("CN=many.example.com", handshake.ServerSubject);
        Assert.InRange(handshake.ServerNames.Length, 15, 59);
        Assert.True(handshake.ServerCertificates[0].NamesNotKept > 0);
        Assert.Equal(Enumerable.Range(0, handshake.ServerNames.Length)
            .Select(i => $"host-{i:000}.a-rather-long-domain.example.com"), handshake.ServerNames);
    }

    [Fact]
    public void The_client_s_side_alone_tells_the_offer_and_its_certificate()
    {
        var handshake = Condense("tls12-client-side-only");

        Assert.False(handshake.SawServerHello);
        Assert.Equal("TLS 1.2", handshake.VersionText);
        Assert.Equal(ClientCertificate.Presented, handshake.ClientCertificate);
        Assert.Null(handshake.ServerSubject);
    }

    [Fact]
    public void The_server_s_side_alone_tells_that_it_asked()
    {
        var vector = RecogniserVector.Find("tls12-server-side-only");
        var handshake = Condense([], vector.FromResponder);

        Assert.Equal(ClientCertificate.Requested, handshake!.ClientCertificate);
        Assert.Equal("sip/2", handshake.SelectedAlpn);
        Assert.Null(handshake.ServerName);
    }

    [Fact]
    public void An_ssl_2_hello_tells_the_version_that_it_offers()
    {
        var handshake = Condense("sslv2-hello-for-tls10");

        Assert.Equal("TLS 1.0", handshake.VersionText);
        Assert.False(handshake.SawServerHello);
    }

    [Theory]
    [InlineData("sslv2-both", TlsResumption.None)]
    [InlineData("sslv2-resumed", TlsResumption.Unknown)]
    public void A_server_that_answers_in_ssl_2_has_chosen_it(string vector, TlsResumption resumption)
    {
        var handshake = Condense(vector);

        Assert.Equal(("SSL 2.0", true, resumption),
            (handshake.VersionText, handshake.SawServerHello, handshake.Resumption));
        Assert.Null(handshake.CipherSuite);
    }

    [Fact]
    public void The_server_s_side_alone_tells_ssl_2() => Assert.True(Condense([], RecogniserVector.Find(
        "sslv2-server-side-only").FromResponder) is { SawServerHello: true, VersionText: "SSL 2.0" });

    [Theory]
    [InlineData("tls10-mutual", TlsResumption.None)]
    [InlineData("tls12-resumed", TlsResumption.Ticket)]
    [InlineData("tls13-xmpp", TlsResumption.None)]
    [InlineData("tls12-client-side-only", TlsResumption.Unknown)]
    [InlineData("tls12-server-side-only", TlsResumption.None)]
    [InlineData("tls12-hello-refused", TlsResumption.Unknown)]
    public void Resumption_is_told_as_far_as_it_was_seen(string vector, TlsResumption expected) =>
        Assert.Equal(expected, Condense(vector).Resumption);

    [Theory]
    [InlineData("tls10-mutual")]
    [InlineData("tls12-mutual-sip")]
    public void Certificates_are_told_with_what_they_are_for(string vector)
    {
        var handshake = Condense(vector);
        var server = handshake.ServerCertificates[0];

        Assert.Equal(0, handshake.ServerCertificatesNotKept);
        Assert.Equal(ServerSubject, server.Subject);
        Assert.NotEmpty(server.Issuer);
        Assert.Equal(64, server.Sha256.Length);
        Assert.True(server.NotBeforeSeconds < server.NotAfterSeconds);
        Assert.Equal(handshake.ClientCertificates[0].Issuer, server.Issuer);
        Assert.False(server.IsSelfSigned);
    }

    [Fact]
    public void A_chain_that_is_cut_gives_what_is_there_and_says_that_more_is()
    {
        var vector = RecogniserVector.Find("tls12-long-chain");
        var whole = Condense(vector.FromOriginator, vector.FromResponder)!;
        var cut = Condense(vector.FromOriginator, vector.FromResponder.AsSpan(..6000))!;

        Assert.True(whole.ServerCertificates.Length > 2);
        Assert.InRange(cut.ServerCertificates.Length, 1, whole.ServerCertificates.Length - 1);
        Assert.Equal(1, cut.ServerCertificatesNotKept);
        Assert.Equal(whole.ServerCertificates[0].Sha256, cut.ServerCertificates[0].Sha256);
    }

    [Theory]
    [InlineData("tls12-hello-in-pieces", "tls12-mutual-sip")]
    [InlineData("tls12-long-chain-small-records", "tls12-long-chain")]
    public void Fragments_change_no_digest(string pieces, string whole)
    {
        var (one, other) = (Condense(pieces), Condense(whole));

        Assert.Equal(other.Ja3, one.Ja3);
        Assert.Equal(other.Ja4, one.Ja4);
        Assert.Equal(other.Ja3S, one.Ja3S);
        Assert.NotNull(one.Ja3S);
        Assert.Equal(other.ServerCertificates.Length, one.ServerCertificates.Length);
    }

    [Fact]
    public void A_hello_that_is_cut_has_no_fingerprint()
    {
        var stream = RecogniserVector.Find("tls13-xmpp").FromOriginator;
        var hello = stream[..(TlsRecord.HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(stream.AsSpan(3)))];

        Assert.NotNull(Condense(hello, [])!.Ja4);
        var cut = Condense(hello.AsSpan(..^1), [])!;
        Assert.Null(cut.Ja3);
        Assert.Null(cut.Ja4);
        Assert.NotNull(cut.ServerName);
    }

    [Fact]
    public void An_alert_in_clear_says_who_refused()
    {
        var handshake = Condense("tls12-hello-refused");

        var alert = Assert.Single(handshake.Alerts);
        Assert.Equal(("server", "fatal"), (alert.SenderText, alert.LevelText));
    }

    [Fact]
    public void Bytes_without_a_hello_leave_no_notes()
    {
        Assert.Null(Condense([], []));
        Assert.Null(Condense("GET / HTTP/1.1\r\n"u8, "HTTP/1.1 200 OK\r\n"u8));
        Assert.Null(Condense(RecogniserVector.Find("tls12-midstream").FromOriginator, []));
    }

    [Theory]
    [MemberData(nameof(TlsVectors))]
    public void Notes_fit_every_destination_and_shorter_ones_hold_less(string name)
    {
        var vector = RecogniserVector.Find(name);
        var space = new byte[TlsHandshakeNotes.MaximumLength + 64];
        for (var length = 0; length <= space.Length; length += length < 600 ? 1 : 16)
        {
            Array.Fill(space, (byte)0xEE);
            var written = TlsHandshakeNotes.Write(vector.FromOriginator, vector.FromResponder, space.AsSpan(..length));

            Assert.InRange(written, 0, Math.Min(length, TlsHandshakeNotes.MaximumLength));
            Assert.Equal(-1, space.AsSpan(length).IndexOfAnyExcept((byte)0xEE));
            Assert.Equal(written == 0, TlsNoteReader.Read(space.AsSpan(..written)) is null);
        }
    }

    [Theory]
    [MemberData(nameof(TlsVectors))]
    public void Every_prefix_and_changed_bytes_give_notes_that_can_be_read(string name)
    {
        var vector = RecogniserVector.Find(name);
        var random = new Random(20261121);
        Span<byte> notes = stackalloc byte[TlsHandshakeNotes.MaximumLength];
        for (var length = 0; length <= vector.FromResponder.Length; length++)
        {
            var written = TlsHandshakeNotes.Write(vector.FromOriginator, vector.FromResponder.AsSpan(..length), notes);
            TlsNoteReader.Read(notes[..written]);
        }

        for (var i = 0; i < 500; i++)
        {
            var server = vector.FromResponder.ToArray();
            var client = vector.FromOriginator.ToArray();
            if (server.Length > 0)
                server[random.Next(Math.Min(server.Length, 1024))] = (byte)random.Next(256);
            if (client.Length > 0)
                client[random.Next(Math.Min(client.Length, 256))] = (byte)random.Next(256);
            var written = TlsHandshakeNotes.Write(client, server, notes);
            TlsNoteReader.Read(notes[..written]);
            notes[random.Next(notes.Length)] = (byte)random.Next(256);
            TlsNoteReader.Read(notes[..random.Next(notes.Length)]);
        }
    }

    [Theory]
    [MemberData(nameof(TlsVectors))]
    public void Writing_allocates_nothing(string name)
    {
        var vector = RecogniserVector.Find(name);
        var notes = new byte[TlsHandshakeNotes.MaximumLength];

        Assert.Equal(0, Allocation.Least(() =>
            TlsHandshakeNotes.Write(vector.FromOriginator, vector.FromResponder, notes)));
    }

    private static TlsHandshake Condense(string name)
    {
        var vector = RecogniserVector.Find(name);
        return Condense(vector.FromOriginator, vector.FromResponder)!;
    }

    private static TlsHandshake? Condense(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server)
    {
        Span<byte> notes = stackalloc byte[TlsHandshakeNotes.MaximumLength];
        return TlsNoteReader.Read(notes[..TlsHandshakeNotes.Write(client, server, notes)]);
    }
}
