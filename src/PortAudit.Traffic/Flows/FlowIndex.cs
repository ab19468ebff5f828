using System.Numerics;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Finds a flow's place by its key: flows whose hashes end alike make a chain, the latest of them first. Before the
/// chains stands a small table of the latest flows, which nearly all packets belong to: it stays in the cache in spite
/// of the captured bytes that pass through. Grows only when a flow is added; there are at most three flows for four
/// chains.
/// </summary>
/// <remarks>
/// The chains of some hundred thousand flows stay in no cache, and a packet waits some 80 ns for one line of them. So a
/// new flow does not ask for any: that its key is not there is read from a filter, and it is put into its chain later,
/// with others, whose lines then come at the same time.
/// </remarks>
/// <param name="flows">The flows: all whose places are taken are in the index, or about to be added.</param>
internal sealed class FlowIndex(FlowStore flows)
{
#if DEBUG
    private const int InitialChains = 16;
    private const int RecentBits = 1;
    private const int MaximumWaiting = 2;
#else
    private const int InitialChains = 8192;

    /// <summary>Of 4,096 slots, in 32 KiB, each 64 bytes are used every few hundred packets, before others take their
    /// place in the cache.</summary>
    private const int RecentBits = 12;

    /// <summary>Flows that wait for their chains at most.</summary>
    private const int MaximumWaiting = 64;
#endif
    /// <summary>An index of fewer chains grows to eight times as many at once: each growth chains all flows again, and
    /// the chains before are memory that is touched in vain.</summary>
    private const int ManyChains = 1 << 19;
    private const int EarlyGrowth = 8;

    private const int RecentShift = 32 - RecentBits;
    private const int None = -1;

    /// <summary>Chains for each word of the filter: with four bits for each chain, one new flow of twenty is looked for
    /// in vain, of six at most.</summary>
    private const int ChainsPerWord = 16;

    // Odd, and its bits without pattern: a prime of xxHash64.
    private const ulong Multiplier = 0x9E37_79B1_85EB_CA87;

    private readonly Slot[] _recent = NoneOfThem();
    private readonly Slot[] _waiting = new Slot[MaximumWaiting];

    /// <summary>The place of the first flow of each chain plus one; 0 for a chain of none.</summary>
    private int[] _firsts = new int[InitialChains];

    /// <summary>By the place of a flow, that of the next flow in its chain plus one; 0 at the end. As long as there are
    /// chains, of which there are more than places.</summary>
    private int[] _nexts = new int[InitialChains];

    /// <summary>The flows that are here, and some that were.</summary>
    private BloomFilter _filter = FilterFor(InitialChains);

    /// <summary>Flows whose bits are in the filter.</summary>
    private int _added;
    private int _waitingCount;

    /// <summary>Number of flows in the index.</summary>
    public int Count { get; private set; }

    /// <summary>The flow with this key; <see cref="FlowStore.NoFlow"/> when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="place">The flow's place, -1 when there is none.</param>
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

    /// <summary>Adds a flow whose key is not in the index.</summary>
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

    /// <summary>Removes a flow.</summary>
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

    /// <summary>Puts the flows that wait into their chains.</summary>
    private void Settle()
    {
        foreach (var slot in _waiting.AsSpan(0, _waitingCount))
            Chain(slot.Hash, slot.Place);
        _waitingCount = 0;
        if (_added > _firsts.Length)
            RenewFilter();
    }

    /// <summary>Those that are gone leave their bits in the filter, until it would say nothing any more.</summary>
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
        /// <summary>Hash of the key.</summary>
        public uint Hash;

        /// <summary>Place of the flow.</summary>
        public int Place;
    }
}
