using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.Icmp;

/// <summary>What becomes of a flow of echo messages.</summary>
public sealed class IcmpTunnelFlowTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const string ClientV6 = "2001:db8::1";
    private const string ServerV6 = "2001:db8::2";

    /// <summary>An IPv4 packet without content (RFC 791 §3.1).</summary>
    private const string Packet = "45000014 00014000 40FF 23E8 0A000101 0A000102";
    private const string OtherPacket = "45000014 00024000 40FF 23E7 0A000101 0A000102";

    private static readonly byte[] Alphabet = Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwabcdefghi");

    [Fact]
    public void A_tunnel_is_a_service_with_the_frame_that_proves_it()
    {
        var flow = new ObservedTraffic()
            .At(0, Echo(Client, Server, isReply: false, 1, Hex.Bytes(Packet)))
            .At(1, Echo(Client, Server, isReply: false, 2, Hex.Bytes(OtherPacket)))
            .Flow();

        Assert.Equal(("icmp", IdentificationBasis.Payload, "tunnel", IdentificationBasis.Payload),
            (flow.Protocol, flow.ProtocolBasis, flow.Service, flow.ServiceBasis));
        Assert.Equal((new FrameReference(0, 2), DirectionBasis.Payload, Client),
            (flow.ProtocolFrame, flow.DirectionBasis, flow.Originator.Address.ToString()));
    }

    [Theory]
    [InlineData(Client, Server, "icmp")]
    [InlineData(ClientV6, ServerV6, "icmpv6")]
    public void A_ping_is_no_service(string client, string server, string protocol)
    {
        var traffic = new ObservedTraffic();
        for (ushort i = 0; i < 20; i++)
            traffic.At(i, Echo(client, server, isReply: false, i, Alphabet))
                .At(i + 0.1, Echo(server, client, isReply: true, i, Alphabet));
        var flow = traffic.Flow();

        Assert.Equal((protocol, IdentificationBasis.Payload, null, null),
            (flow.Protocol, flow.ProtocolBasis, flow.Service, flow.ProtocolFrame));
    }

    [Theory]
    [InlineData(Client, Server)]
    [InlineData(ClientV6, ServerV6)]
    public void Replies_with_data_of_their_own_make_a_tunnel_when_nobody_proves_anything(string client, string server)
    {
        var traffic = new ObservedTraffic();
        for (ushort i = 0; i < 3; i++)
        {
            traffic.At(i, Echo(client, server, isReply: false, i,
                Encoding.ASCII.GetBytes($"what is number {i * 7919}?")));
            traffic.At(i
                + 0.1, Echo(server, client, isReply: true, i, Encoding.ASCII.GetBytes($"the answer is {i * 104729}")));
        }

        Assert.Equal("tunnel", traffic.Flow().Service);
    }

    [Fact]
    public void Only_echo_messages_are_looked_at()
    {
        byte[] timestamp = [13, 0, 0, 0, 0x12, 0x34, 0, 1, .. Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n")];

        Assert.Null(new ObservedTraffic().At(0, Ip(Client, Server, Traffic.Wire.IpProtocol.Icmp, timestamp, null))
            .Flow().Service);
        Assert.Equal("tunnel", new ObservedTraffic().At(0, Echo(Client, Server, isReply: false, 1, timestamp[8..]))
            .Flow().Service);
    }

    [Fact]
    public void A_fragmented_message_is_looked_at_when_it_is_whole()
    {
        const int Headers = 14 + 20;
        var frame = Echo(Client, Server, isReply: false, 1, [.. "TUNL"u8, 3, .. new byte[75]]);
        var (first, second) = (frame[..(Headers + 48)], (byte[])[.. frame[..Headers], .. frame[(Headers + 48)..]]);
        (first[17], first[19], first[20]) = (20 + 48, 7, 0x20);
        (second[17], second[19], second[21]) = ((byte)(second.Length - 14), 7, 48 / 8);

        Assert.Null(new ObservedTraffic().At(0, first).Flow().Service);
        Assert.Equal("tunnel", new ObservedTraffic().At(0, first).At(1, second).Flow().Service);
        Assert.Equal("tunnel", new ObservedTraffic().At(0, second).At(1, first).Flow().Service);
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwabcdefghi")]
    [InlineData("SolarWinds.Net ping utility")]
    public void A_packet_of_a_ping_allocates_nothing(string data)
    {
        var observer = new TrafficObserver(new ObserverOptions(), _ => { });
        var frames = Enumerable.Range(0, 16).Select(i => Echo(i % 2 == 0 ? Client : Server,
            i % 2 == 0 ? Server : Client, i % 2 == 1, (ushort)(i / 2), Encoding.ASCII.GetBytes(data))).ToArray();
        var point = observer.Points.IndexOf("");
        var number = 0L;
        void Show(byte[] frame) => observer.Observe(new CapturedPacket(++number, number * 1_000_000, 0,
            LinkType.Ethernet, frame.Length, frame), 0, point, 6);

        var allocated = Allocation.LeastMeasured(() =>
        {
            Show(frames[0]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var frame in frames.AsSpan(1))
                Show(frame);
            before = GC.GetAllocatedBytesForCurrentThread() - before;
            observer.Complete();
            return before;
        });

        Assert.Equal(0, allocated);
    }
}
