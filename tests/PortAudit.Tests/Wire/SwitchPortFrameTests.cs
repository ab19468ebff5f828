using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class SwitchPortFrameTests
{
    private const string Addresses = "020000000001 020000000002";

    [Theory]
    [InlineData(SwitchPortTag.Broadcom, Addresses + "2C000080 0800 45", 18, "0 0800")]
    [InlineData(SwitchPortTag.BroadcomFirst, "2C000080" + Addresses + "0800 45", 18, "0 0800")]
    [InlineData(SwitchPortTag.Marvell, Addresses + "C00A0064 0800 45", 18, "0 0800")]
    [InlineData(SwitchPortTag.Marvell, Addresses + "E00AE064 0800 45", 18, "100 0800")]
    [InlineData(SwitchPortTag.MarvellTyped, Addresses + "DADA0000 E00A0FFF 86DD 60", 22, "4095 86DD")]
    [InlineData(SwitchPortTag.MarvellTyped, Addresses + "DADA0000 C00A0064 8100 00", 22, "0 8100")]
    internal void A_vector_reads_as_written(SwitchPortTag kind, string hex, int headerLength, string fields)
    {
        Assert.True(SwitchPortFrame.TryParse(Hex.Bytes(hex), kind, out var view, out _));
        Assert.Equal((headerLength, fields), (view.HeaderLength, $"{view.Vlan} {view.EtherType:X4}"));
        Assert.Equal(hex[^2..], Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, bytes => Read(bytes, kind));
    }

    [Fact]
    public void A_tag_that_stands_in_place_of_a_vlan_tag_is_one()
    {
        byte[] frame = [.. Hex.Bytes(Addresses + "E00A0064 0800"), .. Frames.Ipv4(17, Frames.Udp([1]))];

        Assert.Equal("100", Frames.Decode(frame, null, 284).Vlan.ToString());
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes, SwitchPortTag kind)
    {
        if (SwitchPortFrame.TryParse(bytes, kind, out var view, out var error))
            _ = view.Vlan + view.EtherType + view.Payload.Length;
        return error;
    }
}
