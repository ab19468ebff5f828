using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TeredoPacketTests
{
    private const string Client = "20010000 5EF579FD 0000059D A0FFFFFE";
    private const string Host = "20010DB8 00000000 00000000 00000002";
    private const string LinkLocal = "FE800000 00000000 8000F227 BEF7C8DD";
    private const string Bubble = "60000000 0000 3B 15" + Client + Host;
    private const string Solicitation =
        "60000000 0008 3A FF" + LinkLocal + "FF020000 00000000 00000000 00000002 8500 0000 00000000";
    private const string Advertisement = "60000000 0008 3A FF" + LinkLocal + LinkLocal + "8600 0000 00000000";

    [Theory]
    [InlineData(Bubble)]
    [InlineData(Bubble + "01 04 01020304 05 02 0000")]
    public void A_packet_of_teredo_is_one_as_far_as_it_was_captured(string hex)
    {
        var length = Hex.Bytes(hex).Length;
        ViewContract.Holds(hex, Ipv6Packet.HeaderLength, bytes => Read(bytes, length));
    }

    [Theory]
    [InlineData(Bubble, false, false)]
    [InlineData(Solicitation, true, false)]
    [InlineData(Advertisement, false, true)]
    public void Router_discovery_is_told(string hex, bool isSolicitation, bool isAdvertisement)
    {
        var bytes = Hex.Bytes(hex);
        Assert.True(TeredoPacket.TryParse(bytes, bytes.Length, out var packet, out _));
        Assert.Equal((isSolicitation, isAdvertisement), (packet.IsRouterSolicitation, packet.IsRouterAdvertisement));
    }

    [Theory]
    [InlineData("45" + Bubble, 0, "BadVersion")]
    [InlineData(Bubble, -1, "BadLength")]
    [InlineData(Bubble + "01", 0, "BadLength")]
    [InlineData(Bubble + "01", 1, "None")]
    [InlineData(Bubble + "0000 0000 0000 0000 0000 0000 0000 0000", 0, "None")]
    [InlineData(Bubble + "0000 0000 0000 0000 0000 0000 0000 0000 0000", 0, "BadLength")]
    [InlineData("60000000 0000 3B 15" + Host + Host, 0, "BadValue")]
    [InlineData("60000000 0000 3A FF" + LinkLocal + Host, 0, "BadValue")]
    public void What_is_none_says_why(string hex, int more, string error) =>
        Assert.Equal(error, Read(Hex.Bytes(hex), Hex.Bytes(hex).Length + more).ToString());

    private static ParseError Read(ReadOnlySpan<byte> bytes, int wireLength)
    {
        if (TeredoPacket.TryParse(bytes, wireLength, out var view, out var error))
            _ = view.IsRouterSolicitation || view.IsRouterAdvertisement;
        return error;
    }
}
