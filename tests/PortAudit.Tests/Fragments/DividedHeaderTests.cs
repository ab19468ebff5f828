using PortAudit.Tests.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Fragments;

/// <summary>A header that is divided between fragments (RFC 1858 §3) counts when it is whole, and none of it is
/// payload.</summary>
public sealed class DividedHeaderTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";

    private static readonly byte[] Syn = FrameBuilder.Tcp(Client, 40000, Server, 80, TcpFlags.Syn, 100);
    private static readonly byte[] Reset = FrameBuilder.Tcp(Server, 80, Client, 40000, TcpFlags.Rst
        | TcpFlags.Ack, 0, 101);

    [Theory]
    [InlineData("8", "0 1")]
    [InlineData("8", "1 0")]
    [InlineData("8 8", "0 1 2")]
    [InlineData("8 8", "0 2 1")]
    [InlineData("8 8", "2 1 0")]
    [InlineData("8 8", "1 0 2")]
    [InlineData("16", "0 1")]
    [InlineData("16", "1 0")]
    public void A_divided_syn_is_a_syn(string lengths, string order)
    {
        var flow = Observe(Syn, lengths, order).At(10, Reset).Flow();

        Assert.Equal(("Sr", Outcome.Refused, 1, 0L),
            (flow.History, flow.Outcome, flow.SynCount, flow.Out.PayloadBytes));
        Assert.Equal(lengths.Split(' ').Length + 1, flow.Out.Packets);
    }

    [Theory]
    [InlineData("8", "0 1")]
    [InlineData("8 8", "0 1 2")]
    [InlineData("8 32", "2 1 0")]
    [InlineData("16 16", "1 2 0")]
    [InlineData("24 8", "0 2 1")]
    public void Its_payload_is_that_of_the_whole(string lengths, string order)
    {
        var segment = FrameBuilder.Tcp(Client, 40000, Server, 80, TcpFlags.Ack, 100, 1, new byte[40]);
        var flow = Observe(segment, lengths, order)
            .At(10, FrameBuilder.Tcp(Client, 40000, Server, 80, TcpFlags.Ack, 140, 1, [1])).Flow();

        Assert.Equal(("D", 41L, 0L), (flow.History, flow.Out.PayloadBytes, flow.StreamOut.Retransmissions));
    }

    [Fact]
    public void Of_a_header_that_never_becomes_whole_nothing_is_invented()
    {
        var flow = Observe(Syn, "8 8", "0 1").Flow();

        Assert.Equal(("", 0L, 2L), (flow.History, flow.Out.PayloadBytes, flow.Out.Packets));
    }

    [Fact]
    public void A_header_that_lies_closes_no_window()
    {
        var segment = FrameBuilder.Tcp(Client, 40000, Server, 80, TcpFlags.Ack, 100, 1, new byte[30]);
        segment[14 + 20 + 12] = 4 << 4;

        Assert.DoesNotContain('W', new ObservedTraffic().At(0, segment).Flow().History);
    }

    [Fact]
    public void Extension_headers_in_the_divided_part_are_no_payload()
    {
        byte[] data = [6, 3, 1, 28, .. new byte[28], .. Syn[(14 + 20)..]];
        byte[] Fragment(int from, int to, bool more) => FrameBuilder.Ip("fd00::9", "fd00::2", new IpProtocol(44),
            [60, 0, 0, (byte)(from | (more ? 1 : 0)), 0, 0, 0, 9, .. data[from..to]], null);
        var flow = new ObservedTraffic().At(0, Fragment(0, 32, true)).At(0.1, Fragment(32, data.Length, false)).Flow();

        Assert.Equal(("S", 0L, 2L), (flow.History, flow.Out.PayloadBytes, flow.Out.Packets));
    }

    private static ObservedTraffic Observe(byte[] frame, string lengths, string order)
    {
        var fragments = FragmentFlowTests.Fragments(frame, [.. lengths.Split(' ').Select(int.Parse)]);
        var traffic = new ObservedTraffic();
        foreach (var index in order.Split(' ').Select(int.Parse))
            traffic.At(traffic.Shown * 0.01, fragments[index]);
        return traffic;
    }
}
