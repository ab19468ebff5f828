using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Records;

public sealed class FlowIdHashTests
{
    private static readonly FlowKey Key = Of();

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
            Of(low: IpAddress.FromIpv4(0x0A00_0000)),
            Of(high: IpAddress.FromIpv4(0x0A00_0003)),
            Of(high: new IpAddress(1, Key.High.Low)),
            Of(lowPort: 49153),
            Of(highPort: 80),
            Of(vlan: VlanTags.None.Push(1)),
            Of(vlan: VlanTags.None.Push(1).Push(1)),
            Of(transport: IpProtocol.Udp),
        ];
        var numbers = keys.SelectMany(key => new[] { FlowIdHash.Of(key, 0, "", 0), FlowIdHash.Of(key, 1, "", 0),
            FlowIdHash.Of(key, 0, "a", 0), FlowIdHash.Of(key, 0, "b", 0), FlowIdHash.Of(key, 0, "", 1) });

        Assert.Equal(keys.Length * 5, numbers.Distinct().Count());
    }

    [Fact]
    public void Flows_of_one_key_and_start_have_numbers_of_their_own() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(twins => FlowIdHash.Of(Key, 7, "inside", 5, twins))
            .Distinct().Count());

    [Fact]
    public void The_indexes_of_capture_point_and_tunnel_do_not_count() =>
        Assert.Equal(FlowIdHash.Of(Key, 7, "inside", 5), FlowIdHash.Of(Of(point: 3, tunnel: 2), 7, "inside", 5));

    /// <summary>A scan differs in few bits from flow to flow; its identifiers must differ in half of theirs.</summary>
    [Fact]
    public void Every_bit_of_the_input_changes_half_of_the_bits_on_average()
    {
        var whole = FlowIdHash.Of(Key, 1_367_402_400_000_000_000, "", 0);
        var changed = Enumerable.Range(0, 64)
            .Select(bit => FlowIdHash.Of(Key, 1_367_402_400_000_000_000 ^ (1L << bit), "", 0))
            .Concat(Enumerable.Range(0, 16).Select(bit =>
                FlowIdHash.Of(Of(lowPort: (ushort)(Key.LowPort ^ (1 << bit))), 1_367_402_400_000_000_000, "", 0)))
            .Concat(Enumerable.Range(0, 32).Select(bit => FlowIdHash.Of(
                Of(low: IpAddress.FromIpv4(0x0A00_0001 ^ (1u << bit))), 1_367_402_400_000_000_000, "", 0)));

        Assert.All(changed, number => Assert.InRange(ulong.PopCount(whole ^ number), 12u, 52u));
        Assert.InRange(changed.Average(number => (double)ulong.PopCount(whole ^ number)), 30, 34);
    }

    private static FlowKey Of(
        IpAddress? low = null, IpAddress? high = null, ushort lowPort = 49152, ushort highPort = 443,
        VlanTags vlan = default, ushort point = 0, IpProtocol? transport = null, ushort tunnel = 0) =>
        new(low ?? IpAddress.FromIpv4(0x0A00_0001), high ?? IpAddress.FromIpv4(0x0A00_0002), lowPort, highPort, vlan,
            point, transport ?? IpProtocol.Tcp, tunnel);
}
