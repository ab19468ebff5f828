using System.Diagnostics.CodeAnalysis;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>An active flow: a mutable value in the flow table's arrays, to be passed by reference. Kept small, as there
/// may be millions; rarely needed fields are in <see cref="FlowDetail"/>. Holds no references, so the garbage collector
/// need not scan it.</summary>
internal struct Flow
{
    /// <summary>Number of flags in <see cref="SideFlags"/>.</summary>
    private const int SideMarkBits = 10;

    public FlowKey Key;

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public long StartNs;

    /// <summary>Time of the latest packet.</summary>
    public long LastNs;

    /// <summary>Previous flow of the same idle class, -1 at the front.</summary>
    public int Previous;

    /// <summary>Next flow of the same idle class, -1 at the end.</summary>
    public int Next;

    /// <summary>Counters of the key's low endpoint.</summary>
    public FlowSide Low;

    /// <summary>Counters of the key's high endpoint.</summary>
    public FlowSide High;

    /// <summary>Events, in order.</summary>
    public FlowHistory History;

    /// <summary>Number of its <see cref="FlowDetail"/> in the <see cref="FlowDetailPool"/>; 0 when it has
    /// none.</summary>
    public int DetailNumber;

    public FlowFlags Flags;

    /// <summary>Index of the capture of the first packet.</summary>
    public int Capture;

    /// <summary>Index of the protocol's row in the registry plus one, 0 while unknown.</summary>
    public ushort ProtocolRow;

    /// <summary>TCP and UDP: hop limit of the low endpoint's packets, the one of the shortest path if there are several
    /// (<see cref="HopCount"/>); 0 while unknown. Ignores SYN without ACK, RST, and datagrams of a host that was not
    /// addressed before.</summary>
    public byte LowHopLimit;

    /// <summary>The same for the high endpoint.</summary>
    public byte HighHopLimit;

    /// <summary>Number of the frame that proved the protocol, in the capture of the flow's first packet; 0 when there
    /// is none or <see cref="FlowDetail"/> has it.</summary>
    public uint ProtocolFrameNumber;

    /// <summary>TCP SYN segments without ACK from the originator; saturates.</summary>
    public ushort SynCount;

    /// <summary>From the low endpoint's first packet to the high one's; <see cref="AnswerDelay.Turn"/> reverses
    /// it.</summary>
    public AnswerDelay Answer;

    public DirectionBasis Basis;

    /// <summary>The list of the flow table that contains the flow.</summary>
    public IdleClass IdleClass;

    /// <summary>ICMP: code of the originator's messages; the type is in the key.</summary>
    public byte IcmpCode;

    /// <summary>Payload packets passed to recognisers.</summary>
    public byte ProbedPackets;

    /// <summary>Payload packets read for names.</summary>
    public byte NamePackets;

    /// <summary>TCP: hop limit of the reset that ended the connection, if sent from the low endpoint's address; else
    /// 0.</summary>
    public byte LowReset;

    /// <summary>The same for the high endpoint.</summary>
    public byte HighReset;

    // Two numbers below 16: PacketWalk.MaximumTunnels bounds the level, nine digits of a second the other.
    private byte _levelAndDigits;

    /// <summary>TCP and UDP headers around this flow.</summary>
    public byte Level
    {
        readonly get => (byte)(_levelAndDigits >> 4);
        set => _levelAndDigits = (byte)((value << 4) | TimestampDigits);
    }

    /// <summary>Decimal digits of a second in the timestamps of the first packet's capture.</summary>
    public byte TimestampDigits
    {
        readonly get => (byte)(_levelAndDigits & 0xF);
        set => _levelAndDigits = (byte)((_levelAndDigits & 0xF0) | value);
    }

    /// <summary>The side that opened the flow, according to <see cref="Basis"/>.</summary>
    public Side Originator
    {
        readonly get => Has(FlowFlags.HighIsOriginator) ? Side.High : Side.Low;
        set => Flags = value == Side.High ? Flags | FlowFlags.HighIsOriginator : Flags & ~FlowFlags.HighIsOriginator;
    }

    public readonly Side Responder => Originator.Other();

    [UnscopedRef]
    public readonly ref readonly FlowSide Of(Side side) => ref side == Side.Low ? ref Low : ref High;

    [UnscopedRef]
    public ref FlowSide Edit(Side side) => ref side == Side.Low ? ref Low : ref High;

    public readonly byte HopLimitOf(Side side) => side == Side.Low ? LowHopLimit : HighHopLimit;

    public void SetHopLimit(Side side, byte hopLimit) =>
        (side == Side.Low ? ref LowHopLimit : ref HighHopLimit) = hopLimit;

    public readonly byte ResetOf(Side side) => side == Side.Low ? LowReset : HighReset;

    public void SetReset(Side side, byte hopLimit) => (side == Side.Low ? ref LowReset : ref HighReset) = hopLimit;

    /// <summary>True when any of the flags is set.</summary>
    public readonly bool Has(FlowFlags marks) => (Flags & marks) != 0;

    /// <summary>True when a side has any of the flags.</summary>
    public readonly bool Has(Side side, SideFlags marks) => (FlagsOf(side) & marks) != 0;

    /// <summary>True when a side has all of the flags.</summary>
    public readonly bool HasAll(Side side, SideFlags marks) => (FlagsOf(side) & marks) == marks;

    /// <summary>True when either side has any of the flags.</summary>
    public readonly bool EitherHas(SideFlags marks) => ((FlagsOf(Side.Low) | FlagsOf(Side.High)) & marks) != 0;

    /// <summary>True when both sides have all of the flags.</summary>
    public readonly bool BothHave(SideFlags marks) => (FlagsOf(Side.Low) & FlagsOf(Side.High) & marks) == marks;

    public void Set(Side side, SideFlags marks) => Flags |= (FlowFlags)((uint)marks << ShiftOf(side));

    public void Clear(Side side, SideFlags marks) => Flags &= ~(FlowFlags)((uint)marks << ShiftOf(side));

    // The upper bits are other flags, which no constant of SideFlags has.
    private readonly SideFlags FlagsOf(Side side) => (SideFlags)((uint)Flags >> ShiftOf(side));

    private static int ShiftOf(Side side) => (int)side * SideMarkBits;

    public readonly long Packets => Low.Packets + High.Packets;

    /// <summary>Sum of original frame lengths, both directions.</summary>
    public readonly long Bytes => Low.Bytes + High.Bytes;
}
