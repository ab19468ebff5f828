using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Finds a flow's place by its key: open addressing with linear probing. Beside the slots stands one byte for each, with seven bits of the
/// hash, of which sixteen are read at a time. Before both stands a small table of the latest flows, which nearly all packets belong to: it stays in
/// the cache in spite of the captured bytes that pass through. Grows only when a flow is added; at most three quarters full.
/// </summary>
/// <remarks>
/// The slots of some hundred thousand flows stay in no cache, and a packet waits some 80 ns for one line of them. So a new flow does not ask for any: that its key is not there is read from a filter, and it is put
/// into its slot later, with others, whose lines then come at the same time.
/// </remarks>
internal sealed class FlowIndex
{
#if DEBUG
    private const int InitialSlots = Width;
    private const int RecentBits = 1;
    private const int MaximumWaiting = 2;
#else
    private const int InitialSlots = 8192;

    /// <summary>Of 4,096 slots, in 32 KiB, each 64 bytes are used every few hundred packets, before others take their place in the cache.</summary>
    private const int RecentBits = 12;

    /// <summary>Flows that wait for their slots at most.</summary>
    private const int MaximumWaiting = 64;
#endif
    /// <summary>An index of fewer slots grows to eight times as many at once: each growth puts all flows into new slots, and the slots before are memory that is touched in vain.</summary>
    private const int ManySlots = 1 << 19;
    private const int EarlyGrowth = 8;

    private const int RecentShift = 32 - RecentBits;
    private const int None = -1;
    private const byte Empty = 0;
    private const byte Taken = 0x80;
    private const int MarkShift = 25;

    /// <summary>Marks that are read at a time.</summary>
    private const int Width = 16;
    private const int Repeated = Width - 1;

    /// <summary>Slots for each word of the filter: with four bits for each slot, one new flow of twenty is looked for in vain, of six at most.</summary>
    private const int SlotsPerWord = 16;

    // Odd, and its bits without pattern: a prime of xxHash64.
    private const ulong Multiplier = 0x9E37_79B1_85EB_CA87;

    private readonly Slot[] _recent = new Slot[1 << RecentBits];
    private readonly Slot[] _waiting = new Slot[MaximumWaiting];

    /// <summary>A mark for each slot, and behind the last those of the first slots again, so that as many as are read at a time lie one behind the other wherever they begin.</summary>
    private byte[] _marks = new byte[InitialSlots + Repeated];
    private Slot[] _slots = new Slot[InitialSlots];
    private int _mask = InitialSlots - 1;

    /// <summary>The flows that are here, and some that were.</summary>
    private BloomFilter _filter = FilterFor(InitialSlots);

    /// <summary>Flows whose bits are in the filter.</summary>
    private int _added;
    private int _waitingCount;

    /// <summary>Makes an empty index.</summary>
    public FlowIndex()
    {
        for (var at = 0; at < _recent.Length; at++)
            _recent[at].Place = None;
    }

    /// <summary>Number of flows in the index.</summary>
    public int Count { get; private set; }

    /// <summary>The flow with this key; <see cref="FlowStore.Nobody"/> when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="flows">The flows.</param>
    /// <param name="place">The flow's place, -1 when there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow Find(in FlowKey key, uint hash, FlowStore flows, out int place)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        place = recent.Place;
        if (recent.Hash == hash && place != None)
        {
            ref var flow = ref flows[place];
            if (flow.Key.Matches(key))
                return ref flow;
        }

        return ref FindOther(key, hash, flows, out place);
    }

    /// <summary>Adds a flow whose key is not in the index.</summary>
    public void Add(uint hash, int place)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
            Grow();
        else if (_waitingCount == MaximumWaiting)
            Settle();
        Count++;
        var slot = new Slot { Hash = hash, Place = place };
        _recent[hash >> RecentShift] = slot;
        _waiting[_waitingCount++] = slot;
        _filter.Add(hash * Multiplier);
        _added++;
    }

    /// <summary>Removes a flow, closing the gap that it leaves in its run (Knuth, TAOCP 3 §6.4, algorithm R).</summary>
    public void Remove(uint hash, int place)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        if (recent.Place == place)
            recent.Place = None;
        Count--;
        if (TryRemoveWaiting(place))
            return;
        var at = PlaceOf(hash, place);
        for (var next = (at + 1) & _mask; _marks[next] != Empty; next = (next + 1) & _mask)
        {
            var home = (int)_slots[next].Hash & _mask;
            if (((next - home) & _mask) < ((next - at) & _mask))
                continue;
            _slots[at] = _slots[next];
            Mark(at, _marks[next]);
            at = next;
        }

        Mark(at, Empty);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Flow FindOther(in FlowKey key, uint hash, FlowStore flows, out int place)
    {
        place = _filter.MayHold(hash * Multiplier) ? FindOlder(key, hash, flows) : None;
        return ref place == None ? ref flows.Nobody : ref flows[place];
    }

    private int FindOlder(in FlowKey key, uint hash, FlowStore flows)
    {
        foreach (ref readonly var slot in _waiting.AsSpan(0, _waitingCount))
        {
            if (slot.Hash != hash || !flows[slot.Place].Key.Matches(key))
                continue;
            _recent[hash >> RecentShift] = slot;
            return slot.Place;
        }

        var wanted = MarkOf(hash);
        for (var at = (int)hash & _mask; ; at = (at + Width) & _mask)
        {
            var run = Run.Read(_marks, at);
            for (var same = run.SameAs(wanted); same != 0; same &= same - 1)
            {
                ref var slot = ref _slots[(at + BitOperations.TrailingZeroCount(same)) & _mask];
                if (slot.Hash != hash || !flows[slot.Place].Key.Matches(key))
                    continue;
                _recent[hash >> RecentShift] = slot;
                return slot.Place;
            }

            if (run.Ends != 0)
                return None;
        }
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

    /// <summary>Puts the flows that wait into their slots.</summary>
    private void Settle()
    {
        foreach (var slot in _waiting.AsSpan(0, _waitingCount))
            Insert(slot);
        _waitingCount = 0;
        if (_added > _slots.Length)
            RenewFilter();
    }

    /// <summary>Those that are gone leave their bits in the filter, until it would say nothing any more.</summary>
    private void RenewFilter()
    {
        _filter.Clear();
        _added = Count;
        for (var at = 0; at < _slots.Length; at++)
        {
            if (_marks[at] != Empty)
                _filter.Add(_slots[at].Hash * Multiplier);
        }
    }

    private static BloomFilter FilterFor(int slots) => new(Math.Max(1, BitOperations.Log2((uint)slots / SlotsPerWord)));

    /// <summary>The slot of a flow that is in the table.</summary>
    private int PlaceOf(uint hash, int place)
    {
        var wanted = MarkOf(hash);
        for (var at = (int)hash & _mask; ; at = (at + Width) & _mask)
        {
            for (var same = Run.Read(_marks, at).SameAs(wanted); same != 0; same &= same - 1)
            {
                var slot = (at + BitOperations.TrailingZeroCount(same)) & _mask;
                if (_slots[slot].Place == place)
                    return slot;
            }
        }
    }

    private static byte MarkOf(uint hash) => (byte)((hash >> MarkShift) | Taken);

    private void Insert(Slot slot)
    {
        var at = (int)slot.Hash & _mask;
        var run = Run.Read(_marks, at);
        while (run.Ends == 0)
        {
            at = (at + Width) & _mask;
            run = Run.Read(_marks, at);
        }

        at = (at + BitOperations.TrailingZeroCount(run.Ends)) & _mask;
        Mark(at, MarkOf(slot.Hash));
        _slots[at] = slot;
    }

    private void Mark(int at, byte mark)
    {
        _marks[at] = mark;
        if (at < Repeated)
            _marks[_slots.Length + at] = mark;
    }

    private void Grow()
    {
        Settle();
        var (marks, slots) = (_marks, _slots);
        _slots = GC.AllocateUninitializedArray<Slot>(slots.Length * (slots.Length < ManySlots ? EarlyGrowth : 2));
        _marks = new byte[_slots.Length + Repeated];
        _mask = _slots.Length - 1;
        (_filter, _added) = (FilterFor(_slots.Length), Count);
        for (var at = 0; at < slots.Length; at++)
        {
            if (marks[at] == Empty)
                continue;
            Insert(slots[at]);
            _filter.Add(slots[at].Hash * Multiplier);
        }
    }

    /// <summary>The marks of <see cref="Width"/> slots in a row.</summary>
    private readonly ref struct Run
    {
        private readonly Vector128<byte> _marks;

        private Run(Vector128<byte> marks) => _marks = marks;

        /// <summary>A bit for each slot that is empty: the first ends the run of slots in which a key may stand.</summary>
        public uint Ends => ~_marks.ExtractMostSignificantBits() & ushort.MaxValue;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Run Read(byte[] marks, int at) => new(Vector128.Create(marks.AsSpan(at, Width)));

        /// <summary>A bit for each slot with a mark, as far as the run goes.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint SameAs(byte mark) => Vector128.Equals(_marks, Vector128.Create(mark)).ExtractMostSignificantBits() & (Ends - 1) & ~Ends;
    }

    /// <summary>What a slot holds; only that of one that is not empty means anything.</summary>
    private struct Slot
    {
        /// <summary>Hash of the key.</summary>
        public uint Hash;

        /// <summary>Place of the flow.</summary>
        public int Place;
    }
}
