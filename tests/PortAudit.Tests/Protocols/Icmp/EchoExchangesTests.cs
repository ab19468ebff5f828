using PortAudit.Tests.Wire;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Icmp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Icmp;

public sealed class EchoExchangesTests
{
    private const string Request = "0800 0000 1234 0001 91BEF871";
    private const string Reply = "0000 0000 1234 0001 91BEF871";

    private readonly DatagramMemory _memory = new();
    private readonly BufferPool _pool = new();

    [Fact]
    public void A_reply_with_the_data_of_the_request_before_it_returns_all_of_it() => Assert.True(Returns(Request, Reply));

    [Theory]
    [InlineData(Request, "0000 0000 1234 0001 91BEF872")]
    [InlineData(Request, "0000 0000 1234 0001 91BEF8")]
    [InlineData(Request, "0000 0000 1234 0001 91BEF87100")]
    [InlineData(Request, "0000 0000 1234 0002 91BEF871")]
    [InlineData(Request, "0000 0000 1235 0001 91BEF871")]
    [InlineData(Request, Request)]
    [InlineData(Reply, Reply)]
    public void Another_message_does_not(string earlier, string message) => Assert.False(Returns(earlier, message));

    [Fact]
    public void One_from_the_same_end_does_not() => Assert.False(Returns(Request, Reply, isFromOtherEnd: false));

    [Fact]
    public void One_that_was_cut_says_less_than_its_request() => Assert.False(Returns(Request, Reply, isWhole: false));

    [Fact]
    public void Of_one_that_is_longer_than_a_head_it_is_not_known()
    {
        var more = new string('0', 2 * (DatagramHistory.HeadLength - Hex.Bytes(Reply).Length));

        Assert.True(Returns(Request + more, Reply + more));
        Assert.False(Returns(Request + more + "00", Reply + more));
        Assert.False(Returns(Request + more + "00", Reply + more + "00"));
    }

    [Fact]
    public void Without_a_message_before_it_there_is_nothing_to_return() => Assert.False(Returns(null, Reply));

    private bool Returns(string? earlier, string message, bool isFromOtherEnd = true, bool isWhole = true)
    {
        if (earlier is not null)
            _memory.TryRemember(Hex.Bytes(earlier), sentByLow: isFromOtherEnd, _pool);
        var conversation = new Conversation(IpProtocol.Icmp, 8, 0, [], Hex.Bytes(message), isWhole, _memory.HistoryOf(lowIsOriginator: true));
        Assert.True(SentDatagram.TryTake(conversation, out var datagram));
        Assert.True(EchoMessage.TryParse(datagram.Payload, IpProtocol.Icmp, out var echo, out _));
        return EchoExchanges.ReturnsAllOfLatest(datagram, echo, IpProtocol.Icmp);
    }
}
