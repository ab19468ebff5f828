using PortAudit.Tests.Capture;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests;

/// <summary>What a capture point recorded, lost, holds twice and cannot show.</summary>
public sealed class PointSummaryTests
{
    private static readonly byte[] Question = Udp("10.0.0.1", 40000, "10.0.0.2", 9, [1, 2, 3]);
    private static readonly byte[] Banner = "SSH-2.0-sample\r\n"u8.ToArray();

    [Fact]
    public void A_frame_that_comes_twice_at_once_is_a_duplicate_once_though_it_is_in_a_tunnel()
    {
        byte[] gre = [0, 0, 8, 0, .. Question[14..]];
        var carrier = Ip("192.0.2.1", "192.0.2.2", new IpProtocol(47), gre, vlan: null);
        var point = PointOf(new ObservedTraffic().At(0, carrier).At(0.0001, carrier));

        Assert.Equal((2L, 1L, 2L), (point.Packets, point.Duplicates, point.Flows));
    }

    [Fact]
    public void The_bytes_of_a_frame_in_a_tunnel_count_once()
    {
        var inner = Tcp("10.0.0.2", 2222, "10.0.0.1", 40001, TcpFlags.Ack, 1, 1, Banner);
        var carrier = Ip("192.0.2.1", "192.0.2.2", new IpProtocol(47), [0, 0, 8, 0, .. inner[14..]], vlan: null);
        var point = PointOf(new ObservedTraffic().At(0, carrier));

        Assert.Equal((2L, (long)carrier.Length, (long)carrier.Length),
            (point.Flows, point.FlowBytes, point.EncryptedBytes));
    }

    [Fact]
    public void Frames_cut_before_their_ports_are_told_from_those_cut_behind()
    {
        var whole = Question.Length;
        var point = PointOf(new ObservedTraffic()
            .At(0, Question[..(whole - 1)], originalLength: whole)
            .At(1, Question[..36], originalLength: whole) // two of the eight bytes of UDP
            .At(2, Question[..20], originalLength: whole)
            .At(3, Question)
            // the ports are there
            .At(4, Tcp("10.0.0.1", 40000, "10.0.0.2", 80, TcpFlags.Syn)[..42], originalLength: 54));

        Assert.Equal((5L, 4L, 2L, 2L), (point.Packets, point.CutPackets, point.HeadersCut, point.Flows));
    }

    [Fact]
    public void Flows_whose_bytes_prove_ssh_and_esp_are_encrypted_and_a_port_proves_nothing()
    {
        byte[] esp = [0, 0, 0, 1, 0, 0, 0, 1, .. new byte[16]];
        var proved = Tcp("10.0.0.2", 2222, "10.0.0.1", 40001, TcpFlags.Ack, 1, 1, Banner);
        var hidden = Ip("10.0.0.1", "10.0.0.2", IpProtocol.Esp, esp, vlan: null);
        var point = PointOf(new ObservedTraffic()
            .At(0, Tcp("10.0.0.1", 40001, "10.0.0.2", 2222, TcpFlags.Syn)).At(0.1, proved).At(0.2, hidden)
            .At(0.3, Tcp("10.0.0.1", 40002, "10.0.0.2", 22, TcpFlags.Syn)).At(0.4, Question));

        Assert.Equal((4L, 2L), (point.Flows, point.EncryptedFlows));
        Assert.Equal(54 + proved.Length + hidden.Length, point.EncryptedBytes);
        Assert.Equal(54 + 54 + proved.Length + hidden.Length + Question.Length, point.FlowBytes);
    }

    [Fact]
    public void Esp_behind_a_key_exchange_on_the_same_ports_is_encrypted()
    {
        byte[] exchange = [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, .. new byte[8], 0x21, 0x20, 0x22, 8, .. new byte[7], 28];
        byte[] esp = [0xC1, 0xA2, 0xB3, 0xC4, 0, 0, 0, 1, .. new byte[24]];
        var asked = Udp("10.0.0.1", 4500, "10.0.0.2", 4500, exchange);
        var carried = Udp("10.0.0.2", 4500, "10.0.0.1", 4500, esp);

        Assert.Equal(0L, PointOf(new ObservedTraffic().At(0, asked)).EncryptedFlows);
        Assert.Equal(1L, PointOf(new ObservedTraffic().At(0, asked).At(1, carried)).EncryptedFlows);
    }

    [Fact]
    public void The_clock_of_a_point_runs_over_its_own_frames()
    {
        var traffic = new ObservedTraffic().At(10, Question, "a").At(20, Question, "b").At(14, Question, "a")
            .At(13.5, Question, "a");

        Assert.Equal(
            [("a", new CaptureClock(1, ObservedTraffic.Seconds(0.5), ObservedTraffic.Seconds(4))), ("b", default)],
            traffic.Points.Select(point => (point.Name, point.Clock)));
    }

    [Fact]
    public void Flows_and_flowless_frames_of_a_vlan_and_flows_of_a_tunnel_are_summed()
    {
        byte[] arp = [.. new byte[12], 0x81, 0, 0, 7, 0x08, 0x06, .. new byte[28]];
        var tagged = Udp("10.0.0.1", 40000, "10.0.0.2", 9, [1], vlan: 7);
        byte[] gre = [0x20, 0, 8, 0, 0, 0, 0, 5, .. Question[14..]];
        var tunnel = Ip("192.0.2.1", "192.0.2.2", new IpProtocol(47), gre, vlan: 12);
        var traffic = new ObservedTraffic().At(0, tagged).At(1, arp).At(2, tagged).At(3, tunnel).At(4, Question);
        traffic.Flows();

        Assert.Equal<FlowSum>([new("7", 1, 3, arp.Length + (2 * tagged.Length)), new("12", 1, 1, tunnel.Length)],
            traffic.Vlans.Listed);
        Assert.Equal<FlowSum>([new("gre:5", 1, 1, tunnel.Length)], traffic.Tunnels.Listed);
    }

    [Fact]
    public void Drops_go_to_the_point_of_their_interface_even_when_it_recorded_nothing()
    {
        var file = new PcapngBytes();
        file.Section()
            .Interface(1, 0, file.Option(2, "in"u8.ToArray())).Interface(1, 0, file.Option(2, "out"u8.ToArray()))
            .Interface(113, 0, file.Option(2, "quiet"u8.ToArray()))
            .Enhanced(0, 0, Question).Enhanced(0, 1_000_000, Question, options: [file.Option(4, file.U64(2))])
            .Block(5, file.U32(0), new byte[8], file.Option(5, file.U64(3)), file.Option(7, file.U64(4)))
            .Block(5, file.U32(1), new byte[8], file.Option(7, file.U64(9)))
            .Block(5, file.U32(2), new byte[8], file.Option(7, file.U64(0)));
        var observation = Observe(file.ToArray());

        Assert.Equal([("in", 2L, 7L), ("out", 0L, 9L)],
            observation.Points.Select(point => (point.Name, point.Packets, point.Dropped)));
        Assert.Equal((16L, 16L), (observation.Total.Dropped, observation.Captures[0].Annotations.Dropped));
    }

    [Fact]
    public void A_capture_without_drop_counts_does_not_say_that_nothing_was_lost()
    {
        var observation = Observe(new PcapBytes().Record(0, 0, Question).ToArray());

        Assert.Null(observation.Captures[0].Annotations.Dropped);
        Assert.Equal(0, observation.Total.Dropped);
    }

    [Fact]
    public void Frames_are_counted_by_link_type_however_they_alternate()
    {
        var file = new PcapngBytes();
        file.Section().Interface().Interface(101).Interface()
            .Enhanced(1, 0, Question[14..]).Enhanced(0, 0, Question).Enhanced(1, 0, Question[14..])
            .Enhanced(2, 0, Question).Enhanced(0, 0, Question);

        Assert.Equal<LinkCount>([new(LinkType.Ethernet, 3), new(new LinkType(101), 2)], Observe(file.ToArray()).Links);
    }

    [Fact]
    public void Points_add_up_and_extremes_stay()
    {
        var one = new PointSummary("a", 10, 1000, 1, 5, 9,
            ["tcp"])
        { Dropped = long.MaxValue, Duplicates = 2, SampledFlows = 3, Clock = new CaptureClock(1, 7, 3) };
        var other = new PointSummary("b", 1, 60, 0, 2, 3,
            ["udp", "tcp"])
        { Dropped = 1, HeadersCut = 1, SampledFlows = 4, Clock = new CaptureClock(2, 5, 8) };
        var total = (Observe(new PcapBytes().ToArray()) with { Points = [one, other] }).Total;

        Assert.Equal((11L, 1060L, 1L, 2L, 9L),
            (total.Packets, total.Bytes, total.CutPackets, total.FirstNs, total.LastNs));
        Assert.Equal((long.MaxValue, 1L, 2L, new CaptureClock(3, 7, 8)),
            (total.Dropped, total.HeadersCut, total.Duplicates, total.Clock));
        Assert.Equal(7, total.SampledFlows);
        Assert.Equal<string>(["tcp", "udp"], total.Filters);
    }

    private static PointSummary PointOf(ObservedTraffic traffic)
    {
        traffic.Flows();
        return Assert.Single(traffic.Points);
    }

    private static ObservationSummary Observe(byte[] capture)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, capture);
            return TrafficObserver.Observe(CaptureSet.Open([path], () => Stream.Null), new ObserverOptions(), _ => { },
                null, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
