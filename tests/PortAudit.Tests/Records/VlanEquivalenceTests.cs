using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Records;

public sealed class VlanEquivalenceTests
{
    [Theory]
    [InlineData("10=20", 10, 10)]
    [InlineData("10=20", 20, 10)]
    [InlineData("10=20", 30, 30)]
    [InlineData("30=31=none, 10=20", 31, -1)]
    [InlineData("0=4095", 4095, 0)]
    public void The_first_of_a_group_stands_for_all(string text, int identifier, int expected)
    {
        Assert.True(VlanEquivalence.TryParse(text, out var vlans, out _));
        Assert.Equal(expected < 0 ? VlanTags.None : Tag(expected), vlans.Of(Tag(identifier)));
        Assert.Equal(VlanTags.None, vlans.Of(VlanTags.None));
    }

    [Fact]
    public void Both_tags_of_a_frame_are_looked_up()
    {
        Assert.True(VlanEquivalence.TryParse("10=20,5=none", out var vlans, out _));
        Assert.Equal("10.7", vlans.Of(Tag(20).Push(7)).ToString());
        Assert.Equal("10", vlans.Of(Tag(5).Push(20)).ToString());
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("10", "'10' names no VLANs")]
    [InlineData("10=4096", "'4096' is no VLAN identifier")]
    [InlineData("10=x", "'x' is no VLAN identifier")]
    [InlineData("10=20,20=30", "'20' is named twice")]
    [InlineData("10=none,20=none", "'none' is named twice")]
    public void A_faulty_list_is_refused_with_the_place(string text, string expected)
    {
        Assert.False(VlanEquivalence.TryParse(text, out _, out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Directions_under_different_tags_are_two_flows_unless_their_vlans_are_joined()
    {
        Assert.True(VlanEquivalence.TryParse("10=20", out var joined, out _));

        Assert.Equal(["10", "20"], Flows(VlanEquivalence.None).Select(flow => flow.Vlan.ToString()));
        Assert.Equal(("10", Outcome.Established),
            (Assert.Single(Flows(joined)).Vlan.ToString(), Flows(joined)[0].Outcome));
        Assert.Equal(("", Outcome.Established),
            (Assert.Single(Flows(VlanEquivalence.All)).Vlan.ToString(), Flows(VlanEquivalence.All)[0].Outcome));
    }

    private static IReadOnlyList<FlowRecord> Flows(
        VlanEquivalence vlans) => new ObservedTraffic(new ObserverOptions { Vlans = vlans })
        .At(0, Udp("10.0.0.9", 40000, "10.0.0.2", 3478, [0], vlan: 10))
        .At(0.1, Udp("10.0.0.2", 3478, "10.0.0.9", 40000, [0], vlan: 20))
        .Flows();

    private static VlanTags Tag(int identifier) => VlanTags.None.Push((ushort)identifier);
}
