using System.Buffers.Binary;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class FlowIndexTests
{
    /// <summary>Addresses that fall together under one arithmetic, as a sender can choose them, do not under that of a process.</summary>
    [Fact]
    public void Nobody_can_choose_keys_that_fall_together()
    {
        const ulong first = 0x9E37_79B1_85EB_CA87;
        const ulong third = 0x1656_67B1_9E37_79F9;
        var inverse = 1UL;
        for (var step = 0; step < 6; step++)
            inverse *= 2 - (third * inverse);
        var keys = Enumerable.Range(1, 1_000).Select(number => new FlowKey(AddressOf(unchecked((0 - ((ulong)number * first)) * inverse), (ulong)number), AddressOf(ulong.MaxValue, 1), 1, 2, VlanTags.None, 0, IpProtocol.Udp, 0)).ToList();

        Assert.Single(keys.Select(key => key.Digest()).Distinct());
        Assert.InRange(keys.Select(key => key.Hash()).Distinct().Count(), 990, 1_000);
        Assert.InRange(keys.Select(key => HostPlace.Of(key, low: true).GetHashCode() & 0xFFFF).Distinct().Count(), 950, 1_000);
    }

    [Fact]
    public void It_finds_what_a_dictionary_finds_through_adding_and_removing()
    {
        var random = new Random(20130402);
        var index = new FlowIndex();
        var flows = new FlowStore();
        var expected = new Dictionary<FlowKey, int>();
        var free = new Stack<int>(Enumerable.Range(0, 600).Select(_ => PlaceIn(flows)));
        for (var step = 0; step < 20_000; step++)
        {
            var key = KeyOf((ushort)random.Next(900));
            if (expected.TryGetValue(key, out var place))
            {
                Assert.Equal(place, PlaceOf(index, key, key.Hash(), flows));
                index.Remove(key.Hash(), place);
                expected.Remove(key);
                free.Push(place);
            }
            else if (free.TryPop(out var next))
            {
                Assert.Equal(-1, PlaceOf(index, key, key.Hash(), flows));
                flows[next].Key = key;
                index.Add(key.Hash(), next);
                expected.Add(key, next);
            }
        }

        Assert.Equal(expected.Count, index.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, PlaceOf(index, pair.Key, pair.Key.Hash(), flows)));
    }

    [Fact]
    public void It_finds_flows_whose_run_goes_on_at_the_first_slots()
    {
        // All belong into one of the last slots, whatever the size of the table, and have one mark.
        const uint Last = 0x3FFFF;
        var (index, flows) = (new FlowIndex(), new FlowStore());
        var entries = Enumerable.Range(0, 127).Select(number => (Key: KeyOf((ushort)number), Hash: ((uint)number << 18) | (Last - ((uint)number % 5)), Place: PlaceIn(flows))).ToList();
        foreach (var (key, hash, place) in entries)
        {
            flows[place].Key = key;
            index.Add(hash, place);
        }

        var random = new Random(1);
        while (entries.Count > 0)
        {
            Assert.All(entries, entry => Assert.Equal(entry.Place, PlaceOf(index, entry.Key, entry.Hash, flows)));
            var (key, hash, place) = entries[random.Next(entries.Count)];
            index.Remove(hash, place);
            entries.RemoveAll(entry => entry.Place == place);
            Assert.Equal(-1, PlaceOf(index, key, hash, flows));
        }
    }

    private static int PlaceOf(FlowIndex index, in FlowKey key, uint hash, FlowStore flows)
    {
        _ = ref index.Find(key, hash, flows, out var place);
        return place;
    }

    // Few distinct hashes would never probe: only the port differs, and the table is small.
    private static FlowKey KeyOf(ushort port) => new(IpAddress.FromIpv4(1), IpAddress.FromIpv4(2), port, 53, VlanTags.None, 0, IpProtocol.Udp, 0);

    private static int PlaceIn(FlowStore flows)
    {
        flows.Take(out var place);
        return place;
    }

    private static IpAddress AddressOf(ulong high, ulong low)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), low);
        return IpAddress.FromIpv6(bytes);
    }
}
