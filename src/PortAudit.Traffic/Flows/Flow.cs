using System.Diagnostics.CodeAnalysis;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// A flow while it lasts. A mutable value in the flow table's arrays: pass it by reference. It is kept small, as there
/// may be millions: what few flows need stands in a <see cref="FlowDetail"/>. It holds no reference, so that the
/// garbage collector need not look at any.
/// </summary>
internal struct Flow
{
    /// <summary>Number of marks in <see cref="SideFlags"/>.</summary>
    private const int SideMarkBits = 10;

    /// <summary>Its key.</summary>
    public FlowKey Key;

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public long StartNs;

    /// <summary>Time of the latest packet.</summary>
    public long LastNs;

    /// <summary>Previous flow of the same idle class, -1 at the front.</summary>
    public int Previous;

    /// <summary>Next flow of the same idle class, -1 at the end.</summary>
    public int Next;

    /// <summary>What the low endpoint of the key sent.</summary>
    public FlowSide Low;

    /// <summary>What the high endpoint of the key sent.</summary>
    public FlowSide High;

    /// <summary>What happened, in order.</summary>
    public FlowHistory History;

    /// <summary>Number of what only some flows need in the <see cref="FlowDetailPool"/>; 0 for the others.</summary>
    public int DetailNumber;

    /// <summary>What happened.</summary>
    public FlowFlags Flags;

    /// <summary>Index of the capture of the first packet.</summary>
    public int Capture;

    /// <summary>Index of the protocol's row in the registry plus one, 0 while unknown.</summary>
    public ushort ProtocolRow;

    /// <summary>
    /// TCP and UDP: hop limit of the low endpoint's packets, of several the one that came from nearest
    /// (<see cref="HopCount"/>); 0 while none is certain. Neither SYN without ACK nor RST counts, and no datagram of
    /// somebody who was not spoken to.
    /// </summary>
    public byte LowHopLimit;

    /// <summary>The same of the high endpoint's packets.</summary>
    public byte HighHopLimit;

    /// <summary>Number of the frame that proved the protocol, in the capture of the flow's first packet; 0 when none
    /// did, or <see cref="FlowDetail"/> has it.</summary>
    public uint ProtocolFrameNumber;

    /// <summary>TCP SYN segments without ACK of the originator; stays at its largest value when there are
    /// more.</summary>
    public ushort SynCount;

    /// <summary>From the low endpoint's first packet to the high one's; <see cref="AnswerDelay.Turn"/> is the way
    /// back.</summary>
    public AnswerDelay Answer;

    /// <summary>What the direction rests on.</summary>
    public DirectionBasis Basis;

    /// <summary>The list of the flow table in which the flow stands.</summary>
    public IdleClass IdleClass;

    /// <summary>ICMP: code of the originator's messages; their type is in the key.</summary>
    public byte IcmpCode;

    /// <summary>Payload packets that recognisers have been shown.</summary>
    public byte ProbedPackets;

    /// <summary>Payload packets that were read for names.</summary>
    public byte NamePackets;

    /// <summary>TCP: hop limit of the reset that ended the connection, where the low endpoint's address sent it; else
    /// 0.</summary>
    public byte LowReset;

    /// <summary>The same where the high endpoint's address sent it.</summary>
    public byte HighReset;

    // Two numbers below 16: PacketWalk.MaximumTunnels bounds the level, a time of nine digits the other.
    private byte _levelAndDigits;

    /// <summary>Number of TCP or UDP headers outside this flow's own.</summary>
    public byte Level
    {
        readonly get => (byte)(_levelAndDigits >> 4);
        set => _levelAndDigits = (byte)((value << 4) | TimestampDigits);
    }

    /// <summary>Decimal digits of a second that the capture of the first packet resolves.</summary>
    public byte TimestampDigits
    {
        readonly get => (byte)(_levelAndDigits & 0xF);
        set => _levelAndDigits = (byte)((_levelAndDigits & 0xF0) | value);
    }

    /// <summary>The side that opened the flow, as far as <see cref="Basis"/> can tell.</summary>
    public Side Originator
    {
        readonly get => Has(FlowFlags.HighIsOriginator) ? Side.High : Side.Low;
        set => Flags = value == Side.High ? Flags | FlowFlags.HighIsOriginator : Flags & ~FlowFlags.HighIsOriginator;
    }

    /// <summary>The other side.</summary>
    public readonly Side Responder => Originator.Other();

    /// <summary>What a side sent.</summary>
    [UnscopedRef]
    public readonly ref readonly FlowSide Of(Side side) => ref side == Side.Low ? ref Low : ref High;

    /// <summary>What a side sent, to be changed.</summary>
    [UnscopedRef]
    public ref FlowSide Edit(Side side) => ref side == Side.Low ? ref Low : ref High;

    /// <summary><see cref="LowHopLimit"/> or <see cref="HighHopLimit"/>.</summary>
    public readonly byte HopLimitOf(Side side) => side == Side.Low ? LowHopLimit : HighHopLimit;

    /// <summary>Sets <see cref="LowHopLimit"/> or <see cref="HighHopLimit"/>.</summary>
    public void SetHopLimit(Side side, byte hopLimit) =>
        (side == Side.Low ? ref LowHopLimit : ref HighHopLimit) = hopLimit;

    /// <summary><see cref="LowReset"/> or <see cref="HighReset"/>.</summary>
    public readonly byte ResetOf(Side side) => side == Side.Low ? LowReset : HighReset;

    /// <summary>Sets <see cref="LowReset"/> or <see cref="HighReset"/>.</summary>
    public void SetReset(Side side, byte hopLimit) => (side == Side.Low ? ref LowReset : ref HighReset) = hopLimit;

    /// <summary>True when any of the marks is set.</summary>
    public readonly bool Has(FlowFlags marks) => (Flags & marks) != 0;

    /// <summary>True when a side has any of the marks.</summary>
    public readonly bool Has(Side side, SideFlags marks) => (FlagsOf(side) & marks) != 0;

    /// <summary>True when a side has all of the marks.</summary>
    public readonly bool HasAll(Side side, SideFlags marks) => (FlagsOf(side) & marks) == marks;

    /// <summary>True when either side has any of the marks.</summary>
    public readonly bool EitherHas(SideFlags marks) => ((FlagsOf(Side.Low) | FlagsOf(Side.High)) & marks) != 0;

    /// <summary>True when both sides have all of the marks.</summary>
    public readonly bool BothHave(SideFlags marks) => (FlagsOf(Side.Low) & FlagsOf(Side.High) & marks) == marks;

    /// <summary>Sets marks of a side.</summary>
    public void Set(Side side, SideFlags marks) => Flags |= (FlowFlags)((uint)marks << ShiftOf(side));

    /// <summary>Takes marks of a side away.</summary>
    public void Clear(Side side, SideFlags marks) => Flags &= ~(FlowFlags)((uint)marks << ShiftOf(side));

    // With bits of other marks above, which no constant of SideFlags has.
    private readonly SideFlags FlagsOf(Side side) => (SideFlags)((uint)Flags >> ShiftOf(side));

    private static int ShiftOf(Side side) => (int)side * SideMarkBits;

    /// <summary>Number of packets of both directions.</summary>
    public readonly long Packets => Low.Packets + High.Packets;
}
