using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class Ieee80211FrameTests
{
    [Theory]
    [InlineData("0801 0000 020000000001 020000000002 020000000003 1000 AA", 24, 0x8870, false, false, false, "AA")]
    [InlineData("8843 0000 020000000001 020000000002 020000000003 1100 020000000004 8000 AA", 32, 0xFFFF, true, true,
        true, "AA")]
    [InlineData("8881 0000 020000000001 020000000002 020000000003 1000 0000 00000000 AA", 30, 0x8870, false, false,
        false, "AA")]
    [InlineData("0881 0000 020000000001 020000000002 020000000003 1000 AA", 24, 0x8870, false, false, false, "AA")]
    [InlineData("C801 0000 020000000001 020000000002 020000000003 1000 8000", 26, 0xFFFF, false, false, false, "")]
    [InlineData("8040 0000", 2, 0xFFFF, true, false, false, "0000")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, bool isProtected,
        bool isLaterFragment, bool isAggregate, string payload)
    {
        Assert.True(Ieee80211Frame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType, isProtected, isLaterFragment, isAggregate),
            (view.HeaderLength, view.EtherType, view.IsProtected, view.IsLaterFragment, view.IsAggregate));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("0801", "0108", 24)]
    [InlineData("8802", "0288", 26)]
    [InlineData("8883", "8388", 36)]
    public void A_frame_control_in_either_order_reads_alike(string control, string swapped, int headerLength)
    {
        var rest = Hex.Bytes("0000 020000000001 020000000002 020000000003 1000 000000000000 0000 00000000 AA");
        foreach (var first in new[] { control, swapped })
        {
            Assert.True(Ieee80211Frame.TryParseInEitherOrder([.. Hex.Bytes(first), .. rest], out var view, out _));
            Assert.Equal((headerLength, true, false), (view.HeaderLength, view.CarriesData, view.IsProtected));
        }
    }

    [Theory]
    [InlineData("8801", "0110", "8000", true, true)]
    [InlineData("8801", "1001", "0080", false, false)]
    [InlineData("0188", "0110", "0080", false, true)]
    [InlineData("0188", "1001", "8000", true, false)]
    public void The_other_controls_have_the_order_of_the_first(string control, string sequence, string qos,
        bool isLaterFragment, bool isAggregate)
    {
        Assert.True(Ieee80211Frame.TryParseInEitherOrder(Hex.Bytes(control
            + "0000 020000000001 020000000002 020000000003" + sequence + qos + "AA"), out var view, out _));
        Assert.Equal((isLaterFragment, isAggregate), (view.IsLaterFragment, view.IsAggregate));
    }

    [Fact]
    public void A_frame_control_that_is_wrong_in_either_order_is_refused() =>
        Assert.False(Ieee80211Frame.TryParseInEitherOrder(Hex.Bytes("0909"), out _, out _));

    [Theory]
    [InlineData("09", (int)ParseError.BadVersion)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (Ieee80211Frame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + (view.CarriesData ? 1 : 0) + (view.IsProtected ? 1 : 0)
                + (view.IsLaterFragment ? 1 : 0) + (view.IsAggregate ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
