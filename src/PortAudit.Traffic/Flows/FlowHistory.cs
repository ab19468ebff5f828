using System.Numerics;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>An event of a flow that its history records, once for each direction. The values index
/// <see cref="FlowHistory"/>'s letters.</summary>
internal enum HistoryEvent : byte
{
    /// <summary>SYN without ACK.</summary>
    Syn,

    /// <summary>SYN with ACK.</summary>
    SynAck,

    /// <summary>ACK without data.</summary>
    Ack,

    /// <summary>Payload.</summary>
    Data,

    /// <summary>FIN.</summary>
    Fin,

    /// <summary>RST.</summary>
    Rst,

    /// <summary>Payload whose sequence numbers were seen before, or a SYN again after its SYN-ACK.</summary>
    Retransmission,

    /// <summary>A window of zero.</summary>
    ZeroWindow,

    /// <summary>Payload that the other side acknowledged and the capture does not hold.</summary>
    Gap,

    /// <summary>Flags that no connection has: neither SYN nor RST nor ACK (RFC 9293 §3.10.7.4 has all other segments
    /// carry ACK).</summary>
    Inconsistent,
}

/// <summary>
/// What happened in a flow, in order, as Zeek's <c>history</c> field writes it: a letter for each first event of a
/// direction, upper case from the originator, lower case from the responder.
/// </summary>
internal record struct FlowHistory
{
    private const int EventCount = 10;
    private const string Letters = "SHADFRTWGI";
    private const int CodeBits = 5;
    private const int CodesPerWord = 64 / CodeBits;

    /// <summary>The second word has room for the eight codes that the first leaves, and a bit for each of all
    /// twenty.</summary>
    private const int SeenShift = 64 - (2 * EventCount);

    /// <summary>The first twelve codes in order, five bits each, the first in the lowest bits.</summary>
    private ulong _first;

    /// <summary>The other codes, and in the highest bits one for each code that is in either word.</summary>
    private ulong _second;

    private readonly uint Seen => (uint)(_second >> SeenShift);

    /// <summary>A hash, of which every bit is mixed.</summary>
    public readonly uint Hash() => (uint)(((_first * 0x9E37_79B1_85EB_CA87) ^ (_second * 0xC2B2_AE3D_27D4_EB4F)) >> 32);

    /// <summary>Records an event of a side, unless that side has it already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(HistoryEvent happened, Side side)
    {
        var code = (int)happened + (side == Side.Low ? 0 : EventCount);
        if ((Seen & (1u << code)) == 0)
            AddFirst(code);
    }

    /// <summary>The history as text.</summary>
    /// <param name="originator">The side whose letters are upper case.</param>
    /// <param name="flipped">True when the flow was flipped after its first packet, which Zeek marks with a caret in
    /// front.</param>
    public readonly string ToText(Side originator, bool flipped)
    {
        Span<char> text = stackalloc char[(2 * EventCount) + 1];
        var length = 0;
        if (flipped)
            text[length++] = '^';
        for (var i = 0; i < BitOperations.PopCount(Seen); i++)
        {
            var code = CodeAt(i);
            var letter = Letters[code % EventCount];
            var byOriginator = Sides.LowIf(code < EventCount) == originator;
            text[length++] = byOriginator ? letter : char.ToLowerInvariant(letter);
        }

        return new string(text[..length]);
    }

    private void AddFirst(int code)
    {
        var count = BitOperations.PopCount(Seen);
        _second |= 1ul << (SeenShift + code);
        if (count < CodesPerWord)
            _first |= (ulong)code << (count * CodeBits);
        else
            _second |= (ulong)code << ((count - CodesPerWord) * CodeBits);
    }

    private readonly int CodeAt(int index)
    {
        var word = index < CodesPerWord ? _first >> (index * CodeBits) : _second >> ((index - CodesPerWord) * CodeBits);
        return (int)(word & ((1u << CodeBits) - 1));
    }
}
