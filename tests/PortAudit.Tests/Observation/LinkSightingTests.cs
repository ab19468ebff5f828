using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Observation;

/// <summary>From which link addresses hosts were seen to send.</summary>
public sealed class LinkSightingTests
{
    private static readonly byte[] Syn = Tcp("10.0.0.1", 40000, "10.0.0.2", 443, TcpFlags.Syn, 100);

    [Fact]
    public void The_first_packet_of_each_side_of_a_flow_tells_the_link_address_of_its_sender() => Assert.Equal(
        ["inside 10.0.0.1 02:00:00:00:00:0a 0 #1", "inside 10.0.0.2 02:00:00:00:00:0b 1 #3"],
        Seen(
            Sent(Syn, 0x0A).From(64),
            Sent(Syn, 0x0C).From(64),
            Sent(Tcp("10.0.0.2", 443, "10.0.0.1", 40000, TcpFlags.Syn | TcpFlags.Ack, 500, 101), 0x0B).From(63)));

    [Fact]
    public void An_unusual_hop_limit_gives_no_number_of_routers() =>
        Assert.Equal(["inside 10.0.0.1 02:00:00:00:00:0a  #1"], Seen(Sent(Syn, 0x0A).From(3)));

    [Fact]
    public void A_tunnel_hides_the_link_of_what_it_carries() => Assert.Equal(
        ["inside 192.0.2.1 02:00:00:00:00:0a 0 #1"],
        Seen(Sent(Ip("192.0.2.1", "192.0.2.2", new IpProtocol(4), Syn[14..], null), 0x0A).From(64)));

    private static byte[] Sent(byte[] frame, byte sender)
    {
        byte[] source = [2, 0, 0, 0, 0, sender];
        byte[] copy = [.. frame];
        source.CopyTo(copy, LinkAddress.Length);
        return copy;
    }

    private static List<string> Seen(params byte[][] frames)
    {
        var seen = new List<string>();
        var traffic = new ObservedTraffic(new ObserverOptions
        {
            SeenOnLink = one =>
                seen.Add($"{one.Point} {one.Address} {one.Sender} {one.Routers} #{one.Frame.Number}"),
        });
        for (var index = 0; index < frames.Length; index++)
            traffic.At(index, frames[index], "inside");
        return seen;
    }
}
