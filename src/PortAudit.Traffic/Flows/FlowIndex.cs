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

    private readonly Slot[] _recent = NoneOfThem();
    private readonly Slot[] _waiting = new Slot[MaximumWaiting];

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
    public ref Flow Find(in FlowKey key, uint hash, out int place)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        place = recent.Place;
        if (recent.Hash == hash && place != None)
        {
            ref var flow = ref flows[place];
            if (flow.Key.Matches(key))
                return ref flow;
        }

        return ref FindOther(key, hash, out place);
    }

    /// <summary>Adds a flow whose key is not present.</summary>
    public void Add(uint hash, int place)
    {
        if (_waitingCount == MaximumWaiting)
            Settle();
        Count++;
        var slot = new Slot { Hash = hash, Place = place };
        _recent[hash >> RecentShift] = slot;
        _waiting[_waitingCount++] = slot;
        _filter.Add(hash * Multiplier);
        _added++;
        if (Count * 4L > _firsts.Length * 3L)
            Grow();
    }

    public void Remove(uint hash, int place)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        if (recent.Place == place)
            recent.Place = None;
        Count--;
        if (TryRemoveWaiting(place))
            return;
        ref var link = ref FirstOf(hash);
        while (link != place + 1)
            link = ref _nexts[link - 1];
        link = _nexts[place];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Flow FindOther(in FlowKey key, uint hash, out int place)
    {
        place = _filter.MayHold(hash * Multiplier) ? FindOlder(key, hash) : None;
        return ref place == None ? ref flows.NoFlow : ref flows[place];
    }

    private int FindOlder(in FlowKey key, uint hash)
    {
        var place = FindWaiting(key, hash);
        if (place == None)
            place = FindChained(key, hash);
        if (place != None)
            _recent[hash >> RecentShift] = new Slot { Hash = hash, Place = place };
        return place;
    }

    private int FindWaiting(in FlowKey key, uint hash)
    {
        foreach (ref readonly var slot in _waiting.AsSpan(0, _waitingCount))
        {
            if (slot.Hash == hash && flows[slot.Place].Key.Matches(key))
                return slot.Place;
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

    private bool TryRemoveWaiting(int place)
    {
        for (var index = 0; index < _waitingCount; index++)
        {
            if (_waiting[index].Place != place)
                continue;
            _waiting[index] = _waiting[--_waitingCount];
            return true;
        }

        return false;
    }

    /// <summary>Inserts waiting flows into their chains.</summary>
    private void Settle()
    {
        foreach (var slot in _waiting.AsSpan(0, _waitingCount))
            Chain(slot.Hash, slot.Place);
        _waitingCount = 0;
        if (_added > _firsts.Length)
            RenewFilter();
    }

    /// <summary>Rebuilds the filter when the bits of removed flows make it useless.</summary>
    private void RenewFilter()
    {
        _filter.Clear();
        _added = Count;
        for (var place = 0; place < flows.Used; place++)
        {
            if (flows.IsTaken(place))
                _filter.Add(flows[place].Key.Hash() * Multiplier);
        }
    }

    private static BloomFilter FilterFor(int chains) =>
        new(Math.Max(1, BitOperations.Log2((uint)chains / ChainsPerWord)));

    private ref int FirstOf(uint hash) => ref _firsts[(int)hash & (_firsts.Length - 1)];

    private void Chain(uint hash, int place)
    {
        ref var first = ref FirstOf(hash);
        _nexts[place] = first;
        first = place + 1;
    }

    private void Grow()
    {
        var chains = _firsts.Length * (_firsts.Length < ManyChains ? EarlyGrowth : 2);
        (_firsts, _nexts, _filter) = (new int[chains], GC.AllocateUninitializedArray<int>(chains), FilterFor(chains));
        _waitingCount = 0;
        _added = Count;
        for (var place = 0; place < flows.Used; place++)
        {
            if (!flows.IsTaken(place))
                continue;
            var hash = flows[place].Key.Hash();
            Chain(hash, place);
            _filter.Add(hash * Multiplier);
        }
    }

    private static Slot[] NoneOfThem()
    {
        var slots = new Slot[1 << RecentBits];
        Array.Fill(slots, new Slot { Place = None });
        return slots;
    }

    private struct Slot
    {
        public uint Hash;

        public int Place;
    }
}
