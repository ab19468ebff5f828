using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Finds a flow's place by its key: open addressing with linear probing. Beside the slots stands one byte for each, with seven bits of the
/// hash: that a key is not there, as at every new flow, is read from these alone, sixteen at a time; they stay in the second-level cache where the slots of
/// some hundred thousand flows do not. Before both stands a small table of the latest flows, which nearly all packets belong to: it stays in
/// the cache in spite of the captured bytes that pass through. Grows only when a flow is added; at most three quarters full.
/// </summary>
internal sealed class FlowIndex
{
#if DEBUG
    private const int InitialSlots = Width;
    private const int RecentBits = 1;
#else
    private const int InitialSlots = 8192;

    /// <summary>Of 2,048 slots, in 16 KiB, each 64 bytes are used every few hundred packets, before others take their place in the cache.</summary>
    private const int RecentBits = 11;
#endif
    private const int RecentShift = 32 - RecentBits;
    private const int None = -1;
    private const byte Empty = 0;
    private const byte Taken = 0x80;
    private const int MarkShift = 25;

    /// <summary>Marks that are read at a time.</summary>
    private const int Width = 16;
    private const int Repeated = Width - 1;

    private readonly Slot[] _recent = new Slot[1 << RecentBits];
    /// <summary>A mark for each slot, and behind the last those of the first slots again, so that as many as are read at a time lie one behind the other wherever they begin.</summary>
    private byte[] _marks = new byte[InitialSlots + Repeated];
    private Slot[] _slots = new Slot[InitialSlots];
    private int _mask = InitialSlots - 1;

    /// <summary>Makes an empty index.</summary>
    public FlowIndex() => ForgetRecent();

    /// <summary>Number of flows in the index.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the flow with this key, -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in FlowKey key, uint hash, FlowStore flows)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        return recent.Hash == hash && recent.Place != None && flows[recent.Place].Key.Matches(key) ? recent.Place : FindOlder(key, hash, flows);
    }

    /// <summary>Adds a flow whose key is not in the index.</summary>
    public void Add(uint hash, int place)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
            Grow();
        Count++;
        var slot = new Slot { Hash = hash, Place = place };
        _recent[hash >> RecentShift] = slot;
        Insert(slot);
    }

    /// <summary>Removes a flow, closing the gap that it leaves in its run (Knuth, TAOCP 3 §6.4, algorithm R).</summary>
    public void Remove(uint hash, int place)
    {
        ref var recent = ref _recent[hash >> RecentShift];
        if (recent.Place == place)
            recent.Place = None;
        var at = PlaceOf(hash, place);
        Count--;
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

    /// <summary>Removes all flows.</summary>
    public void Clear()
    {
        Array.Clear(_marks);
        ForgetRecent();
        Count = 0;
    }

    private int FindOlder(in FlowKey key, uint hash, FlowStore flows)
    {
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

    /// <summary>The slot of a flow that is in the index.</summary>
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

    private void ForgetRecent()
    {
        for (var at = 0; at < _recent.Length; at++)
            _recent[at].Place = None;
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
        var (marks, slots) = (_marks, _slots);
        _slots = GC.AllocateUninitializedArray<Slot>(slots.Length * 2);
        _marks = new byte[_slots.Length + Repeated];
        _mask = _slots.Length - 1;
        for (var at = 0; at < slots.Length; at++)
        {
            if (marks[at] != Empty)
                Insert(slots[at]);
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
