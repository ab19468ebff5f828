using System.Buffers.Binary;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Fragments;

/// <summary>Fragments count for the conversation of the first, and what the whole datagram carries is looked
/// at.</summary>
public sealed class FragmentFlowTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";
    private const int HeaderLength = 14 + 20;

    /// <summary>A DNS answer (RFC 1035 §4.1) whose question alone is in the first fragment.</summary>
    private static readonly byte[] Answer = FrameBuilder.Udp(Server, 53, Client, 40000,
    [
        0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 3, (byte)'l', (byte)'a', (byte)'b', 0, 0, 16, 0, 1,
        0xC0, 0x0C, 0, 16, 0, 1, 0, 0, 0, 60, 0, 81, 80, .. Enumerable.Repeat((byte)'x', 80),
    ]);

    [Fact]
    public void Frames_are_kept_though_many_fragments_come_before_the_first()
    {
        var fragments = Fragments(Answer, 16, 16);
        var traffic = new ObservedTraffic(new ObserverOptions { KeepFrames = true });
        foreach (var fragment in fragments.Reverse())
            traffic.At(traffic.Shown, fragment);
        traffic.At(traffic.Shown, Answer);
        var flow = traffic.Flow();

        Assert.Equal(fragments.Length + 1, flow.In.Packets);
        Assert.Equal([fragments.Length, fragments.Length + 1], flow.Frames.Select(frame => (int)frame.Number));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    public void Whatever_their_order_fragments_make_one_flow_with_all_their_bytes(int first, int second, int third)
    {
        var fragments = Fragments(Answer, 48, 48);
        var traffic = new ObservedTraffic();
        foreach (var index in (int[])[first, second, third])
            traffic.At(traffic.Shown, fragments[index]);
        var flow = traffic.Flow();

        Assert.Equal((3L, (long)fragments.Sum(fragment => fragment.Length), (long)(Answer.Length - HeaderLength - 8)),
            (flow.In.Packets, flow.In.Bytes, flow.In.PayloadBytes));
        Assert.Equal(("dns", DirectionBasis.Payload, Client, 0L),
            (flow.Protocol, flow.DirectionBasis, flow.Originator.Address.ToString(), flow.Out.Packets));
        Assert.Equal((1, 0, 0, 0L), (traffic.Fragments.Reassembled, traffic.Fragments.Incomplete,
            traffic.Fragments.Overlapping, traffic.Fragments.Unassigned));
        Assert.Equal(0, flow.StartNs);
    }

    [Fact]
    public void Without_the_first_fragment_no_flow_is_known_and_the_others_are_counted()
    {
        var fragments = Fragments(Answer, 48, 48);
        var traffic = new ObservedTraffic().At(0, fragments[1]).At(1, fragments[2]);

        Assert.Empty(traffic.Flows());
        Assert.Equal((0, 1, 2),
            (traffic.Fragments.Reassembled, traffic.Fragments.Incomplete, traffic.Fragments.Unassigned));
    }

    [Fact]
    public void The_same_fragment_twice_changes_nothing_but_the_count()
    {
        var fragments = Fragments(Answer, 48);
        var traffic = new ObservedTraffic().At(0, fragments[0]).At(1, fragments[0]).At(2, fragments[1])
            .At(3, fragments[1]);
        var flow = traffic.Flow();

        Assert.Equal((4L, "dns"), (flow.In.Packets, flow.Protocol));
        Assert.Equal((1, 0), (traffic.Fragments.Reassembled, traffic.Fragments.Overlapping));
    }

    [Fact]
    public void Fragments_that_overlap_are_counted_and_not_trusted()
    {
        var fragments = Fragments(Answer, 48);
        var overlapping = Fragments(Answer, 40)[1];
        var traffic = new ObservedTraffic().At(0, fragments[0]).At(1, overlapping);

        Assert.Equal(2, traffic.Flow().In.Packets);
        Assert.Equal((0, 1), (traffic.Fragments.Reassembled, traffic.Fragments.Overlapping));
    }

    [Fact]
    public void A_number_is_used_again_after_the_timeout()
    {
        var fragments = Fragments(Answer, 48);
        var traffic = new ObservedTraffic().At(0, fragments[0]).At(31, fragments[1]);

        Assert.Equal(1, traffic.Flow().In.Packets);
        Assert.Equal((0, 2, 1),
            (traffic.Fragments.Reassembled, traffic.Fragments.Incomplete, traffic.Fragments.Unassigned));
    }

    [Fact]
    public void A_cut_fragment_counts_in_full_and_shows_nothing()
    {
        var fragments = Fragments(Answer, 48);
        var traffic = new ObservedTraffic().At(0, fragments[0])
            .At(1, fragments[1][..60], originalLength: fragments[1].Length);
        var flow = traffic.Flow();

        Assert.Equal((2L, (long)(Answer.Length - HeaderLength - 8)), (flow.In.Packets, flow.In.PayloadBytes));
        Assert.Equal(0, traffic.Fragments.Reassembled);
    }

    [Fact]
    public void A_tunnel_is_entered_when_its_packet_is_whole()
    {
        var syn = FrameBuilder.Tcp("172.16.0.9", 40000, "172.16.0.2", 443, TcpFlags.Syn, 100);
        var fragments = Fragments(FrameBuilder.Udp(Server, 50001, Client, 4789, [8, 0, 0, 0, 0, 0, 33, 0, .. syn]), 24);
        var flows = new ObservedTraffic().At(0, fragments[0]).At(1, fragments[1]).Flows();

        var inner = Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal(("vxlan:33", "S", (long)fragments[1].Length), (inner.Tunnel, inner.History, inner.Out.Bytes));
    }

    [Fact]
    public void A_segment_in_fragments_is_one_segment()
    {
        var segment = FrameBuilder.Tcp(Client, 40000, Server, 443, TcpFlags.Syn | TcpFlags.Fin, 100,
            payload: new byte[64]);
        var flow = new ObservedTraffic().At(0, Fragments(segment, 40)[0]).At(1, Fragments(segment, 40)[1])
            .At(2, FrameBuilder.Tcp(Client, 40000, Server, 443, TcpFlags.Ack, 101, payload: new byte[8])).Flow();

        Assert.Equal(("SFDT", 1, 72L), (flow.History, flow.SynCount, flow.Out.PayloadBytes));
    }

    [Fact]
    public void Fragments_of_IPv6_are_put_together_by_their_header()
    {
        var whole = FrameBuilder.Udp("fd00::2", 53, "fd00::9", 40000, Answer[(HeaderLength + 8)..]);
        var data = whole[(14 + 40)..];
        byte[] Fragment(int from, int to, bool more) => FrameBuilder.Ip("fd00::2", "fd00::9", new IpProtocol(44),
            [17, 0, (byte)(from >> 8), (byte)((from & 0xF8) | (more ? 1 : 0)), 0, 0, 0, 9, .. data[from..to]], null);
        var flow = new ObservedTraffic().At(0, Fragment(48, data.Length, false)).At(1, Fragment(0, 48, true)).Flow();

        Assert.Equal((2L, "dns", (long)(data.Length - 8)), (flow.In.Packets, flow.Protocol, flow.In.PayloadBytes));
    }

    /// <summary>Divides an IPv4 frame into fragments.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="lengths">Bytes of data in each fragment but the last.</param>
    internal static byte[][] Fragments(byte[] frame, params int[] lengths)
    {
        var data = frame[HeaderLength..];
        var fragments = new List<byte[]>();
        var at = 0;
        foreach (var length in (int[])[.. lengths, data.Length - lengths.Sum()])
        {
            byte[] fragment = [.. frame[..HeaderLength], .. data[at..(at + length)]];
            var more = at + length < data.Length ? 0x2000 : 0;
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(16), (ushort)(20 + length));
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(18), 0x4711);
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(20), (ushort)(more | (at / 8)));
            fragments.Add(fragment);
            at += length;
        }

        return [.. fragments];
    }
}
