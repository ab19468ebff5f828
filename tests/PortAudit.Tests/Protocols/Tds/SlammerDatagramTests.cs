using PortAudit.Tests.Flows;
using PortAudit.Traffic.Protocols.Tds;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Protocols.Tds;

/// <summary>The worm SQL Slammer (CVE-2002-0649). What it runs is left out here.</summary>
public sealed class SlammerDatagramTests
{
    private static readonly byte[] Bytes =
        [0x04, .. Enumerable.Repeat((byte)0x01, 96), 0xDC, 0xC9, 0xB0, 0x42, .. new byte[275]];

    [Fact]
    public void The_datagram_is_told_by_its_overlong_name_and_the_address_behind_it()
    {
        Assert.True(SlammerDatagram.Is(Bytes));
        for (var i = 0; i < 101; i++)
        {
            byte[] other = [.. Bytes];
            other[i] ^= 0x40;
            Assert.False(SlammerDatagram.Is(other));
            Assert.False(SlammerDatagram.Is(Bytes.AsSpan(0, i)));
        }
    }

    [Theory]
    [InlineData(1434)]
    [InlineData(31_434)]
    public void Its_flow_is_an_attack_on_SQL_Browser(ushort port)
    {
        var flow = new ObservedTraffic().At(0, FrameBuilder.Udp("203.0.113.7", 20_199, "10.0.0.9", port, Bytes)).Flow();

        Assert.Equal(("ssrp", IdentificationBasis.Payload), (flow.Protocol, flow.ProtocolBasis));
        Assert.True(flow.Carried is [{ Kind: CarriedKind.Attack, Name: CarriedUse.Slammer }]);
    }

    [Fact]
    public void A_question_for_an_instance_is_none() => Assert.Empty(new ObservedTraffic()
        .At(0, FrameBuilder.Udp("203.0.113.7", 20_199, "10.0.0.9", 1434, "\u0004SHOP\0"u8.ToArray())).Flow().Carried);
}
