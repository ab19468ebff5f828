using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LinkProtocolTests
{
    private const string Ethernet = "020000000001 020000000002 ";

    [Theory]
    [InlineData("0806 0001080006040001", LinkProtocol.Arp)]
    [InlineData("8100 0064 0806 0001080006040001", LinkProtocol.Arp)]
    [InlineData("88CC 0207 04", LinkProtocol.Lldp)]
    [InlineData("888E 0101 0000", LinkProtocol.Eapol)]
    [InlineData("8863 1109 0000 0000", LinkProtocol.PppoeDiscovery)]
    [InlineData("8864 11000064 0006 C021 01010004", LinkProtocol.PppControl)]
    [InlineData("0026 424203 000002", LinkProtocol.SpanningTree)]
    [InlineData("0032 AAAA03 00000C 010B 0000", LinkProtocol.SpanningTree)]
    [InlineData("0030 AAAA03 00000C 2000 02B4", LinkProtocol.Cdp)]
    [InlineData("0030 AAAA03 00000C 2004 01", LinkProtocol.Dtp)]
    [InlineData("0030 AAAA03 080007 809B 00", LinkProtocol.AppleTalk)]
    [InlineData("0022 FFFF 0022 0011", LinkProtocol.Ipx)]
    [InlineData("0025 E0E003 FFFF", LinkProtocol.Ipx)]
    [InlineData("8137 FFFF 0022", LinkProtocol.Ipx)]
    [InlineData("002F F0F003 2C00", LinkProtocol.NetBeui)]
    [InlineData("002F FEFE03 83", LinkProtocol.IsoNetwork)]
    [InlineData("0010 F8F803 01", LinkProtocol.OtherLlc)]
    [InlineData("1234 00", LinkProtocol.OtherEtherType)]
    [InlineData("0800 45", LinkProtocol.None)]
    public void A_frame_without_IP_is_named_by_its_link_header(string frame, LinkProtocol expected) =>
        Assert.Equal(expected, Frames.Decode(Hex.Bytes(Ethernet + frame)).LinkProtocol);

    [Fact]
    public void A_link_header_that_is_cut_names_nothing() =>
        Assert.Equal(LinkProtocol.None, Frames.Decode(Hex.Bytes(Ethernet + "0030 AAAA03 00"), 64).LinkProtocol);

    [Fact]
    public void Every_protocol_has_a_name_of_its_own() =>
        Assert.Distinct(Enum.GetValues<LinkProtocol>().Select(LinkProtocols.NameOf));
}
