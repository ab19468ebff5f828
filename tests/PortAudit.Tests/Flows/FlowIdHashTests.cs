using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class FlowIdHashTests
{
    private static readonly FlowKey Key = new(
        IpAddress.FromIpv4(0x0A00_0001), IpAddress.FromIpv4(0x0A00_0002), 49152, 443, VlanTags.None, Point: 0, IpProtocol.Tcp, Tunnel: 0);

    /// <summary>People keep identifiers: another formula would break their notes, and so must be a decision.</summary>
    [Fact]
    public void The_identifier_of_a_flow_stays_what_it_was() =>
        Assert.Equal("5c397492086446ae", $"{FlowIdHash.Of(Key, 1_367_402_400_000_001_234, "inside", tunnel: 0):x16}");

    [Fact]
    public void Everything_that_tells_flows_apart_changes_the_identifier()
    {
        FlowKey[] keys =
        [
            Key,
            Key with { Low = IpAddress.FromIpv4(0x0A00_0000) },
            Key with { High = IpAddress.FromIpv4(0x0A00_0003) },
            Key with { High = new IpAddress(1, Key.High.Low) },
            Key with { LowPort = 49153 },
            Key with { HighPort = 80 },
            Key with { Vlan = VlanTags.None.Push(1) },
            Key with { Vlan = VlanTags.None.Push(1).Push(1) },
            Key with { Transport = IpProtocol.Udp },
        ];
        var numbers = keys.SelectMany(key => new[] { FlowIdHash.Of(key, 0, "", 0), FlowIdHash.Of(key, 1, "", 0), FlowIdHash.Of(key, 0, "a", 0), FlowIdHash.Of(key, 0, "b", 0), FlowIdHash.Of(key, 0, "", 1) });

        Assert.Equal(keys.Length * 5, numbers.Distinct().Count());
    }

    [Fact]
    public void The_indexes_of_capture_point_and_tunnel_do_not_count() =>
        Assert.Equal(FlowIdHash.Of(Key, 7, "inside", 5), FlowIdHash.Of(Key with { Point = 3, Tunnel = 2 }, 7, "inside", 5));

    /// <summary>A scan differs in few bits from flow to flow; its identifiers must differ in half of theirs.</summary>
    [Fact]
    public void Every_bit_of_the_input_changes_half_of_the_bits_on_average()
    {
        var whole = FlowIdHash.Of(Key, 1_367_402_400_000_000_000, "", 0);
        var changed = Enumerable.Range(0, 64).Select(bit => FlowIdHash.Of(Key, 1_367_402_400_000_000_000 ^ (1L << bit), "", 0))
            .Concat(Enumerable.Range(0, 16).Select(bit => FlowIdHash.Of(Key with { LowPort = (ushort)(Key.LowPort ^ (1 << bit)) }, 1_367_402_400_000_000_000, "", 0)))
            .Concat(Enumerable.Range(0, 32).Select(bit => FlowIdHash.Of(Key with { Low = IpAddress.FromIpv4(0x0A00_0001 ^ (1u << bit)) }, 1_367_402_400_000_000_000, "", 0)));

        Assert.All(changed, number => Assert.InRange(ulong.PopCount(whole ^ number), 12u, 52u));
        Assert.InRange(changed.Average(number => (double)ulong.PopCount(whole ^ number)), 30, 34);
    }
}
