using System.Numerics;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Finds a flow's slot by its key: chained hashing, newest first, behind a small direct-mapped table of recent
/// flows that serves nearly all packets from the cache. Grows only when a flow is added; the load is at most three
/// flows for four chains.</summary>
/// <remarks>With some hundred thousand flows a chain lookup is a cache miss of about 80 ns. So a new flow avoids it: a
/// filter says that its key is absent, and insertion into the chains is batched, so that the misses overlap.</remarks>
/// <param name="flows">The flows: every taken slot is in the index or about to be added.</param>
internal sealed class FlowIndex(FlowStore flows)
{
#if DEBUG
    private const int InitialChains = 16;
    private const int RecentBits = 1;
    private const int MaximumWaiting = 2;
#else
    private const int InitialChains = 8192;

    /// <summary>4,096 slots, 32 KiB: small enough that each cache line is used again before it is evicted.</summary>
    private const int RecentBits = 12;

    /// <summary>Flows waiting for insertion at most.</summary>
    private const int MaximumWaiting = 64;
#endif
    /// <summary>A smaller index grows eightfold: every growth rehashes all flows.</summary>
    private const int ManyChains = 1 << 19;
    private const int EarlyGrowth = 8;

    private const int RecentShift = 32 - RecentBits;
    private const int None = -1;

    /// <summary>Chains per word of the filter: with four bits a chain, at most one new flow in six (usually one in
    /// twenty) is looked up needlessly.</summary>
    private const int ChainsPerWord = 16;

    // A prime of xxHash64: odd, with irregular bits.
    private const ulong Multiplier = 0x9E37_79B1_85EB_CA87;

    private readonly Entry[] _recent = NoneOfThem();
    private readonly Entry[] _waiting = new Entry[MaximumWaiting];

    /// <summary>The slot of the first flow of each chain plus one; 0 when empty.</summary>
    private int[] _firsts = new int[InitialChains];

    /// <summary>By slot, the slot of the next flow in the chain plus one; 0 at the end. As long as
    /// <see cref="_firsts"/>, which exceeds the slots.</summary>
    private int[] _nexts = new int[InitialChains];

    /// <summary>The flows in the index, and some removed ones.</summary>
    private BloomFilter _filter = FilterFor(InitialChains);

    /// <summary>Flows whose bits are set in the filter.</summary>
    private int _added;
    private int _waitingCount;

    /// <summary>Number of flows.</summary>
    public int Count { get; private set; }

    /// <summary>The flow with this key and its slot; <see cref="FlowStore.NoFlow"/> and -1 when there is
    /// none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow Find(in FlowKey key, uint hash, out int slot)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        slot = recent.Slot;
        if (recent.Hash == hash && slot != None)
        {
            ref var flow = ref flows[slot];
            if (flow.Key.Matches(key))
                return ref flow;
        }

        return ref FindOther(key, hash, out slot);
    }

    /// <summary>Adds a flow whose key is not present.</summary>
    public void Add(uint hash, int slot)
    {
        if (_waitingCount == MaximumWaiting)
            Settle();
        Count++;
        var entry = new Entry { Hash = hash, Slot = slot };
        _recent[hash >> RecentShift] = entry;
        _waiting[_waitingCount++] = entry;
        _filter.Add(hash * Multiplier);
        _added++;
        if (Count * 4L > _firsts.Length * 3L)
            Grow();
    }

    public void Remove(uint hash, int slot)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        if (recent.Slot == slot)
            recent.Slot = None;
        Count--;
        if (TryRemoveWaiting(slot))
            return;
        ref var link = ref FirstOf(hash);
        while (link != slot + 1)
            link = ref _nexts[link - 1];
        link = _nexts[slot];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Flow FindOther(in FlowKey key, uint hash, out int slot)
    {
        slot = _filter.MayHold(hash * Multiplier) ? FindOlder(key, hash) : None;
        return ref slot == None ? ref flows.NoFlow : ref flows[slot];
    }

    private int FindOlder(in FlowKey key, uint hash)
    {
        var slot = FindWaiting(key, hash);
        if (slot == None)
            slot = FindChained(key, hash);
        if (slot != None)
            _recent[hash >> RecentShift] = new Entry { Hash = hash, Slot = slot };
        return slot;
    }

    private int FindWaiting(in FlowKey key, uint hash)
    {
        foreach (ref readonly var entry in _waiting.AsSpan(0, _waitingCount))
        {
            if (entry.Hash == hash && flows[entry.Slot].Key.Matches(key))
                return entry.Slot;
        }

        return None;
    }

    private int FindChained(in FlowKey key, uint hash)
    {
        for (var next = FirstOf(hash); next != 0; next = _nexts[next - 1])
        {
            if (flows[next - 1].Key.Matches(key))
                return next - 1;
        }

        return None;
    }

    private bool TryRemoveWaiting(int slot)
    {
        for (var index = 0; index < _waitingCount; index++)
        {
            if (_waiting[index].Slot != slot)
                continue;
            _waiting[index] = _waiting[--_waitingCount];
            return true;
        }

        return false;
    }

    /// <summary>Inserts waiting flows into their chains.</summary>
    private void Settle()
    {
        foreach (var entry in _waiting.AsSpan(0, _waitingCount))
            Chain(entry.Hash, entry.Slot);
        _waitingCount = 0;
        if (_added > _firsts.Length)
            RenewFilter();
    }

    /// <summary>Rebuilds the filter when the bits of removed flows make it useless.</summary>
    private void RenewFilter()
    {
        _filter.Clear();
        _added = Count;
        for (var slot = 0; slot < flows.Used; slot++)
        {
            if (flows.IsTaken(slot))
                _filter.Add(flows[slot].Key.Hash() * Multiplier);
        }
    }

    private static BloomFilter FilterFor(int chains) =>
        new(Math.Max(1, BitOperations.Log2((uint)chains / ChainsPerWord)));

    private ref int FirstOf(uint hash) => ref _firsts[(int)hash & (_firsts.Length - 1)];

    private void Chain(uint hash, int slot)
    {
        ref var first = ref FirstOf(hash);
        _nexts[slot] = first;
        first = slot + 1;
    }

    private void Grow()
    {
        var chains = _firsts.Length * (_firsts.Length < ManyChains ? EarlyGrowth : 2);
        (_firsts, _nexts, _filter) = (new int[chains], GC.AllocateUninitializedArray<int>(chains), FilterFor(chains));
        _waitingCount = 0;
        _added = Count;
        for (var slot = 0; slot < flows.Used; slot++)
        {
            if (!flows.IsTaken(slot))
                continue;
            var hash = flows[slot].Key.Hash();
            Chain(hash, slot);
            _filter.Add(hash * Multiplier);
        }
    }

    private static Entry[] NoneOfThem()
    {
        var entries = new Entry[1 << RecentBits];
        Array.Fill(entries, new Entry { Slot = None });
        return entries;
    }

    private struct Entry
    {
        public uint Hash;

        public int Slot;
    }
}
