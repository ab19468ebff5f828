using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>A conversation of IPv6 is between those who speak, whatever hops and addresses of the moment its headers
/// name.</summary>
public sealed class Ipv6RouteFlowTests
{
    private const string Client = "2001:db8:1::1";
    private const string Server = "2001:db8:2::5";
    private const string Hop = "2001:db8:3::9";
    private const string OtherHop = "2001:db8:3::a";
    private const byte Routing = 43;
    private const byte DestinationOptions = 60;

    private static readonly byte[] Answer = Udp(Server, 6000, Client, 5000, [1]);

    /// <summary>Type, segments left, what stands behind them, and addresses.</summary>
    public static TheoryData<byte, byte, int, string[]> Routes => new()
    {
        { 2, 1, 0, [Server] },
        { 4, 1, 0x01_00_00_00, [Server, Hop] },
        { 4, 2, 0x02_00_00_00, [Server, OtherHop, Hop] },
        { 4, 1, 0x00_00_00_00, [Server] },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_packet_on_its_route_goes_to_the_last_address(byte type, byte segmentsLeft, int rest,
        string[] addresses)
    {
        var flow = new ObservedTraffic().At(0, Routed(Hop, type, segmentsLeft, rest, addresses)).At(0.1, Answer).Flow();

        Assert.Equal((Server, 1, 1), (flow.Responder.Address.ToString(), flow.Out.Packets, flow.In.Packets));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_route_that_is_used_up_changes_nothing(byte type) =>
        Assert.Equal(1, new ObservedTraffic().At(0, Routed(Server, type, 0, 0x01_00_00_00, [Hop, OtherHop]))
            .At(0.1, Answer).Flow().In.Packets);

    // A packet of type 0 goes no further (RFC 5095 §3); other types; no addresses at all.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(253, 1)]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    public void What_is_no_route_that_is_known_leaves_the_destination(byte type, int addresses) =>
        Assert.Equal(Hop, new ObservedTraffic()
            .At(0, Routed(Hop, type, 1, 0, [.. Enumerable.Repeat(Server, addresses)])).Flow().Responder.Address
            .ToString());

    [Theory]
    [InlineData("01 02 0000")]
    [InlineData("00 01 01 00")]
    [InlineData("00 00 00 00")]
    public void A_mobile_node_speaks_from_its_home_address(string before)
    {
        byte[] options = [17, 2, .. Wire.Hex.Bytes(before), 0xC9, 16, .. Address(Server)];
        var flow = new ObservedTraffic()
            .At(0, Routed(Hop, 2, 1, 0, [Server]))
            .At(0.1, Ip(Hop, Client, new IpProtocol(DestinationOptions), [.. options, .. Datagram(6000, 5000)], null))
            .Flow();

        Assert.Equal((Server, Outcome.Established), (flow.Responder.Address.ToString(), flow.Outcome));
    }

    [Theory]
    [InlineData("C9 0F")]
    [InlineData("C9 FF")]
    [InlineData("01 FF")]
    public void Damaged_options_change_nothing(string option)
    {
        byte[] options = [17, 2, 1, 2, 0, 0, .. Wire.Hex.Bytes(option), .. Address(Server)];
        Assert.Equal(Hop, new ObservedTraffic()
            .At(0, Ip(Hop, Client, new IpProtocol(DestinationOptions), [.. options, .. Datagram(6000, 5000)], null))
            .Flow().Originator.Address.ToString());
    }

    [Fact]
    public void A_home_address_stands_in_every_fragment()
    {
        byte[] options = [44, 2, 1, 2, 0, 0, 0xC9, 16, .. Address(Server)];
        var data = Datagram(6000, 5000);
        byte[] Fragment(int from, int to, bool more) =>
            Ip(Hop, Client, new IpProtocol(DestinationOptions),
                [.. options, 17, 0, 0, (byte)(from | (more ? 1 : 0)), 0, 0, 0, 9, .. data[from..to]], null);
        var flow = new ObservedTraffic().At(0, Fragment(8, data.Length, false)).At(0.1, Fragment(0, 8, true)).Flow();

        Assert.Equal((Server, 2), (flow.Originator.Address.ToString(), flow.Out.Packets));
    }

    [Theory]
    [InlineData(59)]
    [InlineData(17)]
    public void Mobility_is_a_protocol_of_its_own(byte payloadProtocol) =>
        Assert.Equal("ip:135", new ObservedTraffic().At(0, Ip(Hop, Client, new IpProtocol(135),
            [payloadProtocol, 1, 5, 0, 0, 0, 0, 1, 0x80, 0, 0, 16, 0, 0, 0, 0], null)).Flow().Transport.ToString());

    private static byte[] Routed(string to, byte type, byte segmentsLeft, int rest, string[] addresses)
    {
        byte[] header = [17, (byte)(2 * addresses.Length), type, segmentsLeft, (byte)(rest >> 24), 0, 0, 0,
            .. addresses.SelectMany(Address)];
        return Ip(Client, to, new IpProtocol(Routing), [.. header, .. Datagram(5000, 6000)], null);
    }

    private static byte[] Datagram(ushort from, ushort to) => Udp("10.0.0.1", from, "10.0.0.2", to, [1])[(14 + 20)..];

    private static byte[] Address(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        var bytes = new byte[16];
        address.CopyTo(bytes);
        return bytes;
    }
}
