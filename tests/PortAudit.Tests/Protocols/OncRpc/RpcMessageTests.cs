using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.OncRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.OncRpc;

public sealed class RpcMessageTests
{
    private const string Call =
        "5F3E2D1C 00000000 00000002 000186A3 00000003 00000001 00000001 00000018 00000000 00000004";
    private const string Reply = "5F3E2D1C 00000001 00000000 00000000 00000000 00000000 00000801";

    [Fact]
    public void A_call_names_its_number_and_its_program()
    {
        Assert.True(RpcMessage.TryParse(Hex.Bytes(Call), out var message, out _));

        Assert.Equal((0x5F3E2D1Cu, true, 100003u, 3u, 1u),
            (message.TransactionId, message.IsCall, message.Program, message.Version, message.Procedure));
    }

    [Fact]
    public void A_reply_names_no_program()
    {
        Assert.True(RpcMessage.TryParse(Hex.Bytes(Reply), out var message, out _));

        Assert.Equal((0x5F3E2D1Cu, false, 0u), (message.TransactionId, message.IsCall, message.Program));
    }

    [Theory]
    [InlineData(7, 2, ParseError.BadValue)]
    [InlineData(11, 3, ParseError.BadVersion)]
    [InlineData(22, 9, ParseError.BadValue)]
    [InlineData(27, 99, ParseError.BadValue)]
    [InlineData(31, 0x1A, ParseError.BadValue)]
    [InlineData(30, 2, ParseError.BadValue)]
    public void A_call_with_a_value_of_nobody_is_refused(int offset, byte value, ParseError expected) =>
        ViewContract.Refuses(Call, offset, value, expected, Read);

    [Fact]
    public void A_stream_of_which_replies_are_seen_first_is_named_by_the_call()
    {
        byte[] server = [0x80, 0, 0, 28, .. Hex.Bytes(Reply)];
        byte[] client = [0x80, 0, 0, 64, .. Hex.Bytes(Call)];
        var recogniser = new RpcRecogniser("nfs");
        var recognition = default(Recognition);

        Assert.Equal(RecogniserAnswer.NeedMoreData,
            recogniser.Recognise(new Conversation(IpProtocol.Tcp, 2049, 700, server, [], true), ref recognition));
        Assert.Equal(RecogniserAnswer.Match,
            recogniser.Recognise(new Conversation(IpProtocol.Tcp, 2049, 700, server, client, true), ref recognition));
        Assert.Equal(ClientSide.Responder, recognition.Client);
    }

    [Fact]
    public void A_call_is_a_sound_view() => ViewContract.Holds(Call, RpcMessage.CallHeadLength, Read);

    [Fact]
    public void A_reply_is_a_sound_view() => ViewContract.Holds(Reply, 24, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RpcMessage.TryParse(bytes, out var message, out var error))
            _ = (message.TransactionId, message.IsCall, message.Program, message.Version, message.Procedure,
                message.Body.Length);
        return error;
    }
}
