using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Icmp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Icmp;

public sealed class EchoMessageTests
{
    private const string Vector = "00 00 A048 1234 0007 61626364";

    [Fact]
    public void A_vector_reads_as_written()
    {
        Assert.True(EchoMessage.TryParse(Hex.Bytes(Vector), IpProtocol.Icmp, out var message, out _));

        Assert.Equal((true, 0x1234_0007u, "61626364"),
            (message.IsReply, message.Exchange, Convert.ToHexString(message.Data)));
    }

    [Theory]
    [InlineData("icmp", 0, true)]
    [InlineData("icmp", 8, false)]
    [InlineData("icmp6", 129, true)]
    [InlineData("icmp6", 128, false)]
    public void Requests_and_replies_are_those_of_their_transport(string transport, byte type, bool isReply)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));
        var other = protocol == IpProtocol.Icmp ? IpProtocol.IcmpV6 : IpProtocol.Icmp;
        byte[] bytes = [type, 0, 0, 0, 0, 0, 0, 0];

        Assert.True(EchoMessage.TryParse(bytes, protocol, out var message, out _));
        Assert.Equal(isReply, message.IsReply);
        Assert.False(EchoMessage.TryParse(bytes, other, out _, out var error));
        Assert.Equal(ParseError.BadValue, error);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, EchoMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (EchoMessage.TryParse(bytes, IpProtocol.Icmp, out var message, out var error))
            _ = (message.IsReply, message.Exchange, message.Data.Length);
        return error;
    }
}
