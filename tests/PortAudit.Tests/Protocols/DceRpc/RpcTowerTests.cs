using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class RpcTowerTests
{
    private const string Start = "1300 0d 354251e3064bd111ab0400c04fc2dcd2 0400 0200 0000 1300 0d "
        + "045d888aeb1cc9119fe808002b104860 0200 0200 0000";
    private const string Connections = "0100 0b 0200 0000";
    private const string Datagrams = "0100 0a 0200 0000";
    private const string Host = "0100 09 0400 0a000002";
    private const string OverTcp = "0500" + Start + Connections + "0100 07 0200 c003" + Host;

    private static readonly Guid Drsuapi = new("e3514235-4b06-11d1-ab04-00c04fc2dcd2");

    [Theory]
    [InlineData(OverTcp, "Tcp", 49155)]
    [InlineData("0500" + Start + Datagrams + "0100 08 0200 c003" + Host, "Udp", 49155)]
    [InlineData("0500" + Start + Connections + "0100 1f 0200 0251" + Host, "Http", 593)]
    [InlineData("0400" + Start + Connections + "0100 07 0200 0087", "Tcp", 135)]
    [InlineData("0500" + Start + Connections + "0100 0f 0600 5c504950 4500 0100 11 0200 4100", "WithoutPort", 0)]
    [InlineData("0500" + Start + Datagrams + "0100 07 0200 c003" + Host, "WithoutPort", 0)]
    [InlineData("0500" + Start + Connections + "0100 08 0200 c003" + Host, "WithoutPort", 0)]
    [InlineData("0500" + Start + Connections + "0100 07 0300 c00300" + Host, "WithoutPort", 0)]
    public void A_tower_tells_the_interface_and_its_port(string hex, string sequence, int port)
    {
        Assert.True(RpcTower.TryParse(Hex.Bytes(hex), out var tower, out var error));

        Assert.Equal((Drsuapi, sequence, port, ParseError.None),
            (tower.Interface, tower.Sequence.ToString(), tower.Port, error));
    }

    [Theory]
    [InlineData("0300" + Start + Connections, ParseError.BadValue)]
    [InlineData("0700" + Start + Connections + Host + Host + Host + Host, ParseError.BadValue)]
    [InlineData("0500 1300 0e 354251e3064bd111ab0400c04fc2dcd2 0400 0200 0000", ParseError.BadValue)]
    [InlineData("0500 1200 0d 354251e3064bd111ab0400c04fc2dcd2 04 0200 0000", ParseError.BadValue)]
    [InlineData("0500" + Start + "0000 0200 0000", ParseError.BadValue)]
    [InlineData(OverTcp + "00", ParseError.BadLength)]
    public void What_is_no_tower_is_refused(string hex, ParseError expected)
    {
        Assert.False(RpcTower.TryParse(Hex.Bytes(hex), out var tower, out var error));

        Assert.Equal(expected, error);
        Assert.Equal(default, tower);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(OverTcp,
        OverTcp.Replace(" ", "", StringComparison.Ordinal).Length / 2, bytes =>
    {
        _ = RpcTower.TryParse(bytes, out _, out var error);
        return error;
    });
}
