using System.Buffers.Binary;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class FlowIndexTests
{
    /// <summary>Addresses that fall together under one arithmetic, as a sender can choose them, do not under that of a
    /// process.</summary>
    [Fact]
    public void Nobody_can_choose_keys_that_fall_together()
    {
        const ulong first = 0x9E37_79B1_85EB_CA87;
        const ulong third = 0x1656_67B1_9E37_79F9;
        var inverse = 1UL;
        for (var step = 0; step < 6; step++)
            inverse *= 2 - (third * inverse);
        var keys = Enumerable.Range(1, 1_000)
            .Select(number => new FlowKey(AddressOf(unchecked((0 - ((ulong)number * first)) * inverse), (ulong)number),
                AddressOf(ulong.MaxValue, 1), 1, 2, VlanTags.None, 0, IpProtocol.Udp, 0)).ToList();

        Assert.Single(keys.Select(key => key.Digest()).Distinct());
        Assert.InRange(keys.Select(key => key.Hash()).Distinct().Count(), 990, 1_000);
        Assert.InRange(keys.Select(key => HostLocation.Of(key, Side.Low).GetHashCode() & 0xFFFF).Distinct()
            .Count(), 950, 1_000);
    }

    [Fact]
    public void It_finds_what_a_dictionary_finds_through_adding_and_removing()
    {
        var random = new Random(20130402);
        var flows = new FlowStore();
        var index = new FlowIndex(flows);
        var expected = new Dictionary<FlowKey, int>();
        for (var step = 0; step < 20_000; step++)
        {
            var key = KeyOf((ushort)random.Next(900));
            if (expected.TryGetValue(key, out var slot))
            {
                Assert.Equal(slot, SlotOf(index, key, key.Hash()));
                Remove(index, flows, key.Hash(), slot);
                expected.Remove(key);
            }
            else if (expected.Count < 600)
            {
                Assert.Equal(-1, SlotOf(index, key, key.Hash()));
                expected.Add(key, Add(index, flows, key, key.Hash()));
            }
        }

        Assert.Equal(expected.Count, index.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, SlotOf(index, pair.Key, pair.Key.Hash())));
    }

    /// <summary>From a chain any flow may go: the first, the last and those between.</summary>
    [Fact]
    public void It_finds_flows_of_one_chain_until_they_are_removed()
    {
        var flows = new FlowStore();
        var index = new FlowIndex(flows);

        // Twelve are as many as the index holds before it grows, for which it would ask the keys for hashes of their
        // own. All are in one chain, and two with one hash each are told apart by the key alone.
        var entries = Enumerable.Range(0, 12)
            .Select(number => (Key: KeyOf((ushort)number), Hash: (uint)number / 2 << 20))
            .Select(entry => (entry.Key, entry.Hash, Slot: Add(index, flows, entry.Key, entry.Hash))).ToList();
        var random = new Random(1);
        while (entries.Count > 0)
        {
            Assert.All(entries, entry => Assert.Equal(entry.Slot, SlotOf(index, entry.Key, entry.Hash)));
            var (key, hash, slot) = entries[random.Next(entries.Count)];
            Remove(index, flows, hash, slot);
            entries.RemoveAll(entry => entry.Slot == slot);
            Assert.Equal(-1, SlotOf(index, key, hash));
        }
    }

    private static int Add(FlowIndex index, FlowStore flows, in FlowKey key, uint hash)
    {
        flows.Take(out var slot).Key = key;
        index.Add(hash, slot);
        return slot;
    }

    private static void Remove(FlowIndex index, FlowStore flows, uint hash, int slot)
    {
        index.Remove(hash, slot);
        flows.Release(slot);
    }

    private static int SlotOf(FlowIndex index, in FlowKey key, uint hash)
    {
        _ = ref index.Find(key, hash, out var slot);
        return slot;
    }

    private static FlowKey KeyOf(ushort port) =>
        new(IpAddress.FromIpv4(1), IpAddress.FromIpv4(2), port, 53, VlanTags.None, 0, IpProtocol.Udp, 0);

    private static IpAddress AddressOf(ulong high, ulong low)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), low);
        return IpAddress.FromIpv6(bytes);
    }
}
