using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.X11;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.X11;

public sealed class X11RecogniserTests
{
    /// <summary>Two requests, as far as lengths in units of four bytes tell: many other things look like
    /// that.</summary>
    private static readonly byte[] Requests = Convert.FromHexString("36000200be00c00036000200bc00c000");

    /// <summary>No setup, no message of a server and no requests: a message of kind 200.</summary>
    private static readonly byte[] Foreign = Convert.FromHexString("c8000200be00c000c8000200bc00c000");

    /// <summary>A server's event, the first of several.</summary>
    private static readonly byte[] Event =
        Convert.FromHexString("1628ce835000c0005000c0000000000002000e000b00fc000000000098284e08");

    [Fact]
    public void Requests_wait_for_the_server_s_messages()
    {
        Assert.Equal(RecogniserAnswer.NeedMoreData, Answer(Requests, []));
        Assert.Equal(RecogniserAnswer.NeedMoreData, Answer(Requests, Event));
        Assert.Equal(RecogniserAnswer.NeedMoreData, Answer(Event, Requests));
    }

    [Fact]
    public void Requests_wait_for_nothing_where_the_other_end_is_no_server()
    {
        Assert.Equal(RecogniserAnswer.NoMatch, Answer(Requests, Foreign));
        Assert.Equal(RecogniserAnswer.NoMatch, Answer(Foreign, Requests));
    }

    private static RecogniserAnswer Answer(byte[] fromOriginator, byte[] fromResponder)
    {
        var recognition = default(Recognition);
        return new X11Recogniser().Recognise(new Conversation(IpProtocol.Tcp, 40000, 49282, fromOriginator,
            fromResponder, isWhole: true), ref recognition);
    }
}
