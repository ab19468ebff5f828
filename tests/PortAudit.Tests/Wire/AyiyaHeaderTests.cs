using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Wire;

public sealed class AyiyaHeaderTests
{
    /// <summary>An identity of 16 bytes, a signature of 20, an IPv6 packet forwarded.</summary>
    private const string Header = "41521129" + "5B000000" + "20010DB8000000000000000000000001"
        + "000102030405060708090A0B0C0D0E0F10111213";

    [Theory]
    [InlineData(Header, 44)]
    [InlineData("0101012900000000AA", 9)]
    public void Its_length_is_that_of_identity_and_signature(string hex, int length)
    {
        Assert.True(AyiyaHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal((length, 0), (header.HeaderLength, header.Payload.Length));
    }

    [Theory]
    [InlineData("41521029")] // another operation
    [InlineData("4F521129")] // an identity of no type
    public void What_forwards_no_packet_is_no_tunnel(string hex) =>
        Assert.False(AyiyaHeader.TryParse(Hex.Bytes(hex + Header[8..]), out _, out _));

    [Fact]
    public void No_prefix_throws()
    {
        var bytes = Hex.Bytes(Header);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(AyiyaHeader.TryParse(bytes.AsSpan(..length), out _, out _));
    }

    [Fact]
    public void The_packet_inside_is_a_flow_of_its_own()
    {
        const string Inner = "6000000000081140" + "20010DB8000000000000000000000001"
            + "20010DB8000000000000000000000002" + "9C400035" + "00080000";
        var flows = new ObservedTraffic().At(1, Udp("10.0.0.1", 40000, "10.0.0.2", 5072, Hex.Bytes(Header + Inner)))
            .Flows();

        Assert.Contains(flows, flow => flow is { Tunnel: "ayiya", Responder.Port: 53 });
    }
}
