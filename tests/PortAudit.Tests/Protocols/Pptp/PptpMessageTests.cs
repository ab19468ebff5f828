using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Pptp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Pptp;

public sealed class PptpMessageTests
{
    private const string Reply = "002000011a2b3c4d000800002deb00000100000000e40b544000000000000000";

    [Fact]
    public void The_fields_of_a_reply_are_read()
    {
        Assert.True(PptpMessage.TryParse(Hex.Bytes(Reply + "0010"), out var message, out _));

        Assert.Equal((32, PptpMessageKind.OutgoingCallReply, (byte)1), (message.Length, message.Kind, message.Result));
    }

    [Theory]
    [InlineData("002000021a2b3c4d00080000", ParseError.BadValue)]
    [InlineData("002000011a2b3c4e00080000", ParseError.BadValue)]
    [InlineData("000f00011a2b3c4d00080000", ParseError.BadLength)]
    [InlineData("00dd00011a2b3c4d00080000", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void A_message_without_a_result_grants_nothing()
    {
        Assert.True(PptpMessage.TryParse(Hex.Bytes("001000011a2b3c4d0008000000000000"), out var message, out _));

        Assert.Equal(0, message.Result);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Reply, Reply.Length / 2, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PptpMessage.TryParse(bytes, out var view, out var error))
            _ = (view.Length, view.Kind, view.Result);
        return error;
    }
}
