using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Finds a flow's place by its key: open addressing with linear probing. Beside the slots stands one byte for each, with seven bits of the
/// hash: that a key is not there, as at every new flow, is read from these alone, which stay in the second-level cache where the slots of
/// some hundred thousand flows do not. Grows only when a flow is added; at most three quarters full.
/// </summary>
internal sealed class FlowIndex
{
#if DEBUG
    private const int InitialSlots = 4;
#else
    private const int InitialSlots = 8192;
#endif
    private const byte Empty = 0;
    private const byte Taken = 0x80;
    private const int MarkShift = 25;

    private byte[] _marks = new byte[InitialSlots];
    private Slot[] _slots = new Slot[InitialSlots];
    private int _mask = InitialSlots - 1;

    /// <summary>Number of flows in the index.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the flow with this key, -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in FlowKey key, uint hash, FlowStore flows)
    {
        var marks = _marks;
        var wanted = MarkOf(hash);
        for (var at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            var mark = marks[at];
            if (mark == Empty)
                return -1;
            if (mark != wanted)
                continue;
            ref var slot = ref _slots[at];
            if (slot.Hash == hash && flows[slot.Place].Key == key)
                return slot.Place;
        }
    }

    /// <summary>Adds a flow whose key is not in the index.</summary>
    public void Add(uint hash, int place)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
            Grow();
        Count++;
        Insert(new Slot { Hash = hash, Place = place });
    }

    /// <summary>Removes a flow, closing the gap that it leaves in its run (Knuth, TAOCP 3 §6.4, algorithm R).</summary>
    public void Remove(uint hash, int place)
    {
        var at = (int)hash & _mask;
        while (_slots[at].Place != place || _marks[at] == Empty)
            at = (at + 1) & _mask;

        Count--;
        for (var next = (at + 1) & _mask; _marks[next] != Empty; next = (next + 1) & _mask)
        {
            var home = (int)_slots[next].Hash & _mask;
            if (((next - home) & _mask) < ((next - at) & _mask))
                continue;
            _slots[at] = _slots[next];
            _marks[at] = _marks[next];
            at = next;
        }

        _marks[at] = Empty;
    }

    /// <summary>Removes all flows.</summary>
    public void Clear()
    {
        Array.Clear(_marks);
        Count = 0;
    }

    private static byte MarkOf(uint hash) => (byte)((hash >> MarkShift) | Taken);

    private void Insert(Slot slot)
    {
        var at = (int)slot.Hash & _mask;
        while (_marks[at] != Empty)
            at = (at + 1) & _mask;
        _marks[at] = MarkOf(slot.Hash);
        _slots[at] = slot;
    }

    private void Grow()
    {
        var (marks, slots) = (_marks, _slots);
        _marks = new byte[marks.Length * 2];
        _slots = GC.AllocateUninitializedArray<Slot>(slots.Length * 2);
        _mask = _slots.Length - 1;
        for (var at = 0; at < slots.Length; at++)
        {
            if (marks[at] != Empty)
                Insert(slots[at]);
        }
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
