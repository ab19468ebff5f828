using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Finds a flow's place by its key: open addressing with linear probing and a 32-bit tag beside each place, so that a look-up
/// touches the flow itself only when its tag agrees. Grows only when a flow is added; at most three quarters full.
/// </summary>
internal sealed class FlowIndex
{
#if DEBUG
    private const int InitialSlots = 4;
#else
    private const int InitialSlots = 8192;
#endif

    private Slot[] _slots = new Slot[InitialSlots];
    private int _mask = InitialSlots - 1;

    /// <summary>Number of flows in the index.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the flow with this key, -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in FlowKey key, uint hash, FlowStore flows)
    {
        var slots = _slots;
        for (var at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            ref var slot = ref slots[at];
            if (slot.Place == 0)
                return -1;
            if (slot.Tag == hash && flows[slot.Place - 1].Key == key)
                return slot.Place - 1;
        }
    }

    /// <summary>Adds a flow whose key is not in the index.</summary>
    public void Add(uint hash, int place)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
            Grow();
        Count++;
        Insert(hash, place + 1);
    }

    /// <summary>Removes a flow, closing the gap that it leaves in its run (Knuth, TAOCP 3 §6.4, algorithm R).</summary>
    public void Remove(uint hash, int place)
    {
        var at = (int)hash & _mask;
        while (_slots[at].Place != place + 1)
            at = (at + 1) & _mask;

        Count--;
        for (var next = (at + 1) & _mask; _slots[next].Place != 0; next = (next + 1) & _mask)
        {
            var home = (int)_slots[next].Tag & _mask;
            if (((next - home) & _mask) < ((next - at) & _mask))
                continue;
            _slots[at] = _slots[next];
            at = next;
        }

        _slots[at] = default;
    }

    /// <summary>Removes all flows.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private void Insert(uint hash, int stored)
    {
        var at = (int)hash & _mask;
        while (_slots[at].Place != 0)
            at = (at + 1) & _mask;
        _slots[at] = new Slot { Tag = hash, Place = stored };
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        _mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.Place != 0)
                Insert(slot.Tag, slot.Place);
        }
    }

    private struct Slot
    {
        /// <summary>Hash of the key.</summary>
        public uint Tag;

        /// <summary>Place of the flow plus one, 0 for an empty slot.</summary>
        public int Place;
    }
}
