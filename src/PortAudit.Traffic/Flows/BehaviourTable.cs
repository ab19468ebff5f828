using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Counts how the packets of active flows come (<see cref="FlowBehaviour"/>), in 128 bytes per flow.</summary>
/// <param name="ofProved">True to count flows whose protocol their bytes prove, too.</param>
/// <param name="maximumSlots">Slots of the flow table that are followed, at least 1.</param>
internal sealed class BehaviourTable(bool ofProved, int maximumSlots = BehaviourTable.MaximumSlots)
{
    /// <summary>Active flows that are followed: 128 MB. Further ones have no behaviour.</summary>
    public const int MaximumSlots = 1_000_000;

    private const int ChunkBits = 12;
    private const int ChunkLength = 1 << ChunkBits;

    /// <summary>The payload of a direction whose bytes are measured.</summary>
    private const int MeasuredPayload = 3;

    /// <summary>By slot of the flow table.</summary>
    private Counters[][] _chunks = [];

    /// <summary>Flows without a behaviour, because too many were active.</summary>
    public long NotFollowed { get; private set; }

    /// <summary>True for a flow whose packets are noted. One that becomes proved is noted no more, which saves most of
    /// the cost.</summary>
    public bool Follows(ref readonly Flow flow) => ofProved || flow.ProtocolRow == 0;

    /// <summary>Notes a packet of a flow after it was counted and examined. Fragments that waited for it are not
    /// noted.</summary>
    /// <param name="slot">Slot of the flow.</param>
    /// <param name="walk">The packet.</param>
    /// <param name="sent">Sender and time.</param>
    /// <param name="isFirst">True for the flow's first packet.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined, it slows the path of every packet, asked for or not
    public void Note(int slot, in PacketWalk walk, in SentPacket sent, bool isFirst)
    {
        if (slot >> ChunkBits >= _chunks.Length && !TryGrow(slot, isFirst))
            return;
        ref var flow = ref _chunks[slot >> ChunkBits][slot & (ChunkLength - 1)];
        if (flow.Packets == FlowBehaviour.MaximumPackets)
            return;
        flow.Packets++;
        ref var side = ref sent.Sender == Side.Low ? ref flow.Low : ref flow.High;
        if (walk.PayloadOnWire <= 0)
        {
            side.Empty++;
            return;
        }

        flow.NoteTurn(sent);
        var filled = side.Note(walk.PayloadOnWire, sent.TimestampNs);
        if (filled == MeasuredPayload)
            side.Disorder = PayloadDisorder.Of(walk.Payload);
    }

    /// <summary>How the packets of a flow came; null when it is not followed, or has too few with payload.</summary>
    /// <param name="slot">Slot of the flow.</param>
    /// <param name="ended">The flow.</param>
    /// <param name="wasProved">True when its protocol was proved for a time, and then withdrawn.</param>
    public FlowBehaviour? Of(int slot, ref readonly Flow ended, bool wasProved)
    {
        if (slot >> ChunkBits >= _chunks.Length || !Follows(in ended) || (wasProved && !ofProved))
            return null;
        ref readonly var flow = ref _chunks[slot >> ChunkBits][slot & (ChunkLength - 1)];
        if (flow.Packets - flow.Low.Empty - flow.High.Empty < FlowBehaviour.MinimumFilled)
            return null;
        var isLow = ended.Originator == Side.Low;
        return new FlowBehaviour(flow.Packets, flow.Turns, flow.Bursts, flow.LastNs - flow.FirstNs,
            (isLow ? flow.Low : flow.High).ToRecord(), (isLow ? flow.High : flow.Low).ToRecord());
    }

    /// <summary>Forgets a flow that ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Release(int slot)
    {
        if (slot >> ChunkBits < _chunks.Length)
            _chunks[slot >> ChunkBits][slot & (ChunkLength - 1)] = default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGrow(int slot, bool isFirst)
    {
        if (slot >= maximumSlots)
        {
            NotFollowed += isFirst ? 1 : 0;
            return false;
        }

        while (slot >> ChunkBits >= _chunks.Length)
            _chunks = [.. _chunks, new Counters[ChunkLength]];
        return true;
    }

    /// <summary>Counters of a flow. Blank before its first packet.</summary>
    private struct Counters
    {
        public SideCounters Low;
        public SideCounters High;
        public long FirstNs;
        public ushort Packets;
        public ushort Turns;
        public ushort Bursts;
        private byte _lastSender;

        public readonly long LastNs => Bursts == 0 ? FirstNs : Math.Max(Low.LastNs, High.LastNs);

        /// <summary>Counts turns and bursts for a packet with payload, before it is noted itself.</summary>
        public void NoteTurn(in SentPacket sent)
        {
            var sender = (byte)(sent.Sender == Side.Low ? 1 : 2);
            if (_lastSender == 0)
                (FirstNs, Low.LastNs, High.LastNs) = (sent.TimestampNs, sent.TimestampNs, sent.TimestampNs);
            else if (_lastSender != sender)
                Turns++;
            if (_lastSender == 0 || sent.TimestampNs - LastNs >= FlowBehaviour.BurstGapNs)
                Bursts++;
            _lastSender = sender;
        }
    }

    /// <summary>Counters of one endpoint.</summary>
    private struct SideCounters
    {
        public long LastNs;
        public long SquareSum;
        public uint PayloadBytes;
        public ushort Empty;

        /// <summary>Plus one; 0 when unknown.</summary>
        public byte Disorder;

        private byte _filled;
        private SizeCounts _sizes;
        private GapCounts _gaps;

        /// <summary>Counts a payload. Returns how many the direction has, up to 255.</summary>
        public int Note(int payload, long timestampNs)
        {
            var size = Math.Min(payload, ushort.MaxValue);
            PayloadBytes += (uint)size;
            SquareSum += (long)size * size;
            _sizes[SizeClassOf(size)]++;
            if (_filled > 0)
                _gaps[GapClassOf(timestampNs - LastNs)]++;
            LastNs = _filled > 0 ? Math.Max(LastNs, timestampNs) : timestampNs;
            _filled += (byte)(_filled == byte.MaxValue ? 0 : 1);
            return _filled;
        }

        public readonly DirectionBehaviour ToRecord() => new(Empty, PayloadBytes, SquareSum,
            Disorder == 0 ? null : (byte)(Disorder - 1), Widened(_sizes), Widened(_gaps));

        private static ImmutableArray<int> Widened(ReadOnlySpan<ushort> counts)
        {
            var numbers = ImmutableArray.CreateBuilder<int>(counts.Length);
            foreach (var count in counts)
                numbers.Add(count);
            return numbers.MoveToImmutable();
        }

        private static int SizeClassOf(int size)
        {
            var bounds = FlowBehaviour.SizeBounds;
            var index = 0;
            while (index < bounds.Length && size >= bounds[index])
                index++;
            return index;
        }

        private static int GapClassOf(long gapNs)
        {
            var bounds = FlowBehaviour.GapBoundsNs;
            var index = 0;
            while (index < bounds.Length && gapNs >= bounds[index])
                index++;
            return index;
        }
    }

    [InlineArray(FlowBehaviour.SizeClasses)]
    private struct SizeCounts
    {
        private ushort _first;
    }

    [InlineArray(FlowBehaviour.GapClasses)]
    private struct GapCounts
    {
        private ushort _first;
    }
}
