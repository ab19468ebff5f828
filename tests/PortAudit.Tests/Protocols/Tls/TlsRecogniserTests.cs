using System.Buffers.Binary;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Tls;

public sealed class TlsRecogniserTests
{
    /// <summary>Record header, message header, version: enough to be sure of a hello.</summary>
    private const int ProvingLength = 11;

    /// <summary>A fatal alert, unknown_ca.</summary>
    private static readonly byte[] Refusal = [21, 3, 3, 0, 2, 2, 48];

    [Theory]
    [InlineData("tls10-mutual")]
    [InlineData("tls12-mutual-sip")]
    public void More_is_wanted_until_the_server_changes_the_cipher_or_refuses(string name)
    {
        var vector = RecogniserVector.Find(name);
        var hello = FirstRecord(vector.FromOriginator);

        Assert.True(Recognise(vector.FromOriginator.AsSpan(..hello), []).WantsMore);
        Assert.True(Recognise(vector.FromOriginator.AsSpan(..hello), vector.FromResponder.AsSpan(..100)).WantsMore);
        var serverFlight = PlainLength(vector.FromResponder);
        Assert.True(Recognise(vector.FromOriginator.AsSpan(..hello),
            vector.FromResponder.AsSpan(..serverFlight)).WantsMore);
        Assert.True(Recognise(vector.FromOriginator.AsSpan(..(hello + 100)),
            vector.FromResponder.AsSpan(..serverFlight)).WantsMore);
        Assert.True(Recognise(vector.FromOriginator, vector.FromResponder.AsSpan(..serverFlight)).WantsMore);
        Assert.False(Recognise(vector.FromOriginator,
            [.. vector.FromResponder.AsSpan(..serverFlight), .. Refusal]).WantsMore);
        Assert.False(Recognise(vector.FromOriginator, vector.FromResponder).WantsMore);
    }

    [Fact]
    public void A_client_that_refuses_the_server_s_certificate_ends_it()
    {
        var vector = RecogniserVector.Find("tls12-no-request-http");
        var hello = vector.FromOriginator.AsSpan(..FirstRecord(vector.FromOriginator));
        var flight = vector.FromResponder.AsSpan(..PlainLength(vector.FromResponder));

        Assert.True(Recognise(hello, flight).WantsMore);
        Assert.False(Recognise([.. hello, .. Refusal], flight).WantsMore);
    }

    [Theory]
    [InlineData("tls12-resumed")]
    [InlineData("tls13-xmpp")]
    [InlineData("tls12-hello-answered-by-http")]
    [InlineData("tls12-hello-refused")]
    public void What_can_tell_no_more_wants_no_more(string name)
    {
        var vector = RecogniserVector.Find(name);

        Assert.False(Recognise(vector.FromOriginator, vector.FromResponder).WantsMore);
    }

    [Fact]
    public void In_tls_1_3_more_is_wanted_until_both_sides_encrypt()
    {
        var vector = RecogniserVector.Find("tls13-xmpp");
        var (clientHello, serverHello) = (FirstRecord(vector.FromOriginator), FirstRecord(vector.FromResponder));

        Assert.True(Recognise(vector.FromOriginator, vector.FromResponder.AsSpan(..(serverHello - 60))).WantsMore);
        Assert.True(Recognise(vector.FromOriginator.AsSpan(..clientHello), vector.FromResponder).WantsMore);
        var recognition = Recognise(vector.FromOriginator.AsSpan(..clientHello),
            vector.FromResponder.AsSpan(..serverHello));
        Assert.Equal("xmpp", recognition.Service);
        Assert.Equal(IdentificationBasis.Handshake, recognition.ServiceBasis);
        Assert.False(Recognise(vector.FromOriginator, vector.FromResponder).WantsMore);
    }

    [Fact]
    public void Of_an_end_that_encrypts_no_more_is_awaited()
    {
        var vector = RecogniserVector.Find("tls13-xmpp");
        var hello = vector.FromOriginator.AsSpan(..FirstRecord(vector.FromOriginator));
        var reversed = default(Recognition);
        Ask(vector.FromResponder, hello, ref reversed);

        Assert.Equal(ClientSide.Unknown, Recognise(hello, vector.FromResponder.AsSpan(..100)).Awaits);
        Assert.Equal(ClientSide.Originator, Recognise(hello, vector.FromResponder).Awaits);
        Assert.Equal(ClientSide.Responder, Recognise(vector.FromOriginator, vector.FromResponder.AsSpan(..100)).Awaits);
        Assert.Equal((ClientSide.Responder, ClientSide.Responder), (reversed.Client, reversed.Awaits));
    }

    [Fact]
    public void A_server_that_encrypts_is_not_waited_with_for_a_client_that_was_never_seen()
    {
        Assert.False(Recognise([], RecogniserVector.Find("tls13-xmpp").FromResponder).WantsMore);
        Assert.False(Recognise([], RecogniserVector.Find("tls12-mutual-sip").FromResponder).WantsMore);
    }

    [Fact]
    public void An_offer_names_no_service_before_the_server_answered()
    {
        var vector = RecogniserVector.Find("tls13-xmpp");

        Assert.Null(Recognise(vector.FromOriginator, []).Service);
    }

    [Fact]
    public void The_first_eleven_bytes_of_a_hello_prove_tls()
    {
        var vector = RecogniserVector.Find("tls12-mutual-sip");
        var recognition = default(Recognition);

        Assert.Equal(RecogniserAnswer.NeedMoreData,
            Ask(vector.FromOriginator.AsSpan(..(ProvingLength - 1)), [], ref recognition));
        Assert.Equal(RecogniserAnswer.Match, Ask(vector.FromOriginator.AsSpan(..ProvingLength), [], ref recognition));
    }

    [Fact]
    public void Every_prefix_comes_to_an_answer_within_the_kept_prefix()
    {
        // The longest record there is, without a second one behind it.
        var stream = new byte[StreamPrefix.MaximumLength];
        stream[0] = (byte)TlsContent.ApplicationData;
        BinaryPrimitives.WriteUInt16BigEndian(stream.AsSpan(1), 0x0303);
        BinaryPrimitives.WriteUInt16BigEndian(stream.AsSpan(3), TlsRecord.MaximumFragment);
        var recognition = default(Recognition);

        Assert.Equal(RecogniserAnswer.NeedMoreData,
            Ask(stream.AsSpan(..TlsRecord.MaximumFragment), "+OK\r\n"u8, ref recognition));
        Assert.Equal(RecogniserAnswer.NoMatch, Ask(stream, "+OK\r\n"u8, ref recognition));
    }

    private static Recognition Recognise(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server)
    {
        var recognition = default(Recognition);
        Assert.Equal(RecogniserAnswer.Match, Ask(client, server, ref recognition));
        return recognition;
    }

    private static RecogniserAnswer Ask(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server,
        ref Recognition recognition) =>
        ProtocolRegistry.Find("tls")!.OverTcp!.Recognise(new Conversation(IpProtocol.Tcp, 50000, 443, client, server,
            true), ref recognition);

    private static int FirstRecord(byte[] stream) =>
        TlsRecord.HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(stream.AsSpan(3));

    /// <summary>Length of the records before the cipher changes.</summary>
    private static int PlainLength(byte[] stream)
    {
        var length = 0;
        while (stream[length] == (byte)TlsContent.Handshake)
            length += FirstRecord(stream[length..]);
        return length;
    }
}
