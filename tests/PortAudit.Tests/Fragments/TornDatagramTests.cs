using System.Buffers.Binary;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Fragments;

/// <summary>Fragments of which one begins inside another (RFC 1858 §4, RFC 5722 §3).</summary>
public sealed class TornDatagramTests
{
    private const int HeaderLength = 14 + 20;

    private static readonly byte[] Whole =
        FrameBuilder.Udp("10.1.1.1", 31_915, "192.0.2.27", 20_197, new byte[120]);

    [Theory]
    [InlineData("0-36+ 24-28", true)] // teardrop
    [InlineData("24-28 0-36+", true)]
    [InlineData("0-64+ 8-72", true)] // over the control bits of TCP
    [InlineData("64-128 0-72+", true)]
    [InlineData("0-64+ 64-128", false)]
    [InlineData("64-128 0-64+", false)]
    [InlineData("0-64+ 64-128 0-64+ 64-128", false)] // recorded twice
    [InlineData("0-64+ 0-64+ 64-120 64-128", false)] // the number was used again
    public void A_fragment_that_begins_inside_another_is_an_attack(string fragments, bool isAttack) =>
        Assert.Equal(isAttack, FlowOf(fragments, 64).Carried
            .Any(use => use is { Kind: CarriedKind.Attack, Name: CarriedUse.OverlappingFragments }));

    [Fact]
    public void What_a_router_divides_once_more_is_no_attack() => Assert.Empty(FlowOf("0-96+ 96-128 0-48+ 48-96+", 64,
        64, 63, 63).Carried);

    [Fact]
    public void A_flow_of_fragments_says_so()
    {
        Assert.True(FlowOf("0-64+ 64-128", 64).IsFragmented);
        Assert.False(new ObservedTraffic().At(0, Whole).Flow().IsFragmented);
    }

    private static FlowRecord FlowOf(string fragments, params byte[] hopLimits)
    {
        var traffic = new ObservedTraffic();
        foreach (var (text, i) in fragments.Split(' ').Select((text, i) => (text, i)))
        {
            var bounds = text.TrimEnd('+').Split('-').Select(number =>
                int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            byte[] frame = [.. Whole[..HeaderLength], .. Whole[HeaderLength..][bounds[0]..bounds[1]]];
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)(frame.Length - 14));
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), 0x4711);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(20),
                (ushort)((text.EndsWith('+') ? 0x2000 : 0) | (bounds[0] / 8)));
            frame[22] = hopLimits[Math.Min(i, hopLimits.Length - 1)];
            traffic.At(traffic.Shown, frame);
        }

        return traffic.Flow();
    }
}
