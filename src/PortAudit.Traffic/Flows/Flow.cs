using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>What is known of a TCP connection beyond its counters, one bit each.</summary>
[Flags]
internal enum FlowMarks : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The low endpoint sent a SYN without ACK.</summary>
    SynFromLow = 1 << 0,

    /// <summary>The high endpoint sent a SYN without ACK.</summary>
    SynFromHigh = 1 << 1,

    /// <summary>The low endpoint sent a SYN with ACK.</summary>
    SynAckFromLow = 1 << 2,

    /// <summary>The high endpoint sent a SYN with ACK.</summary>
    SynAckFromHigh = 1 << 3,

    /// <summary>The low endpoint sent a FIN.</summary>
    FinFromLow = 1 << 4,

    /// <summary>The high endpoint sent a FIN.</summary>
    FinFromHigh = 1 << 5,

    /// <summary>The low endpoint sent a RST.</summary>
    RstFromLow = 1 << 6,

    /// <summary>The high endpoint sent a RST.</summary>
    RstFromHigh = 1 << 7,

    /// <summary>The low endpoint sent something other than SYN without ACK and RST: it was part of a conversation.</summary>
    SpokeLow = 1 << 8,

    /// <summary>The high endpoint sent something other than SYN without ACK and RST.</summary>
    SpokeHigh = 1 << 9,

    /// <summary>The originator was flipped after the first packet.</summary>
    Flipped = 1 << 10,

    /// <summary>An ICMP error quoted a packet of the flow.</summary>
    IcmpError = 1 << 11,

    /// <summary>This ICMP error quotes a packet of a flow that was seen.</summary>
    QuotesSeenFlow = 1 << 12,

    /// <summary>The protocol is decided, or will not be looked for any more.</summary>
    IdentificationEnded = 1 << 13,
}

/// <summary>What one endpoint of a flow has sent.</summary>
internal struct FlowSide
{
    /// <summary>Packets.</summary>
    public long Packets;

    /// <summary>Sum of original frame lengths in bytes.</summary>
    public long Bytes;

    /// <summary>Sum of transport payloads on the wire in bytes.</summary>
    public long PayloadBytes;

    /// <summary>TCP: the sequence number after the highest seen.</summary>
    public uint NextSequence;

    /// <summary>TCP: the initial sequence number, when <see cref="FlowMarks"/> has the side's SYN; else the first sequence number seen.</summary>
    public uint FirstSequence;

    /// <summary>True when <see cref="FirstSequence"/> and <see cref="NextSequence"/> are set.</summary>
    public bool HasSequence;
}

/// <summary>A flow while it lasts. A mutable value in the flow table's array: pass it by reference.</summary>
internal struct Flow
{
    /// <summary>Its key.</summary>
    public FlowKey Key;

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public long StartNs;

    /// <summary>Time of the latest packet.</summary>
    public long LastNs;

    /// <summary>What the low endpoint of the key sent.</summary>
    public FlowSide Low;

    /// <summary>What the high endpoint of the key sent.</summary>
    public FlowSide High;

    /// <summary>True when the low endpoint is the originator, as far as <see cref="Basis"/> can tell.</summary>
    public bool LowIsOriginator;

    /// <summary>What the direction rests on.</summary>
    public DirectionBasis Basis;

    /// <summary>What happened.</summary>
    public FlowMarks Marks;

    /// <summary>What happened, in order.</summary>
    public FlowHistory History;

    /// <summary>TCP SYN segments without ACK of the originator.</summary>
    public int SynCount;

    /// <summary>Decimal digits of a second that the capture of the first packet resolves.</summary>
    public byte TimestampDigits;

    /// <summary>The list of the flow table in which the flow stands.</summary>
    public IdleClass IdleClass;

    /// <summary>ICMP type of the first error about the flow.</summary>
    public byte ErrorType;

    /// <summary>ICMP code of the first error about the flow.</summary>
    public byte ErrorCode;

    /// <summary>Sender of the first ICMP error about the flow.</summary>
    public IpAddress ErrorSender;

    /// <summary>ICMP: type and code of the originator's messages.</summary>
    public byte IcmpType;

    /// <summary>ICMP: code of the originator's messages.</summary>
    public byte IcmpCode;

    /// <summary>Payload packets that recognisers have been shown.</summary>
    public byte ProbedPackets;

    /// <summary>Index of the capture of the first packet.</summary>
    public int Capture;

    /// <summary>Index of the protocol's row in the registry plus one, 0 while unknown.</summary>
    public int ProtocolRow;

    /// <summary>Finer name; one of a fixed set of strings.</summary>
    public string? Service;

    /// <summary>What <see cref="Service"/> rests on.</summary>
    public IdentificationBasis ServiceBasis;

    /// <summary>The streams' starts while the flow is being identified; null before and after.</summary>
    public StreamStart? Streams;

    /// <summary>Condensed TLS handshake in a pooled buffer; null without one.</summary>
    public byte[]? Notes;

    /// <summary>Length of <see cref="Notes"/> in bytes.</summary>
    public int NotesLength;

    /// <summary>The frame that proved the protocol; number 0 when none did.</summary>
    public FrameReference ProtocolFrame;

    /// <summary>The frame that stopped the flow; number 0 when none did.</summary>
    public FrameReference OutcomeFrame;

    /// <summary>The first frames, when they are kept; null otherwise.</summary>
    public FrameReference[]? Frames;

    /// <summary>Previous flow of the same idle class, -1 at the front.</summary>
    public int Previous;

    /// <summary>Next flow of the same idle class, -1 at the end.</summary>
    public int Next;

    /// <summary>True when either mark is set.</summary>
    public readonly bool Has(FlowMarks marks) => (Marks & marks) != 0;

    /// <summary>Number of packets of both directions.</summary>
    public readonly long Packets => Low.Packets + High.Packets;
}
