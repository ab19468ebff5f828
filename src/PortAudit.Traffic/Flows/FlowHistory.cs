using System.Numerics;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>An event recorded once per direction. Values index <see cref="FlowHistory"/>'s letters.</summary>
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

    /// <summary>Retransmitted payload, or a SYN again after its SYN-ACK.</summary>
    Retransmission,

    /// <summary>A zero window.</summary>
    ZeroWindow,

    /// <summary>Payload acknowledged by the other side and missing in the capture.</summary>
    Gap,

    /// <summary>Invalid flags: neither SYN nor RST nor ACK (RFC 9293 §3.10.7.4 requires ACK on all others).</summary>
    Inconsistent,
}

/// <summary>Events of a flow in order, in the notation of Zeek's <c>history</c> field: a letter for the first of each
/// event per direction, upper case from the originator, lower case from the responder.</summary>
internal record struct FlowHistory
{
    private const int EventCount = 10;
    private const string Letters = "SHADFRTWGI";
    private const int CodeBits = 5;
    private const int CodesPerWord = 64 / CodeBits;

    /// <summary>The second word holds the eight codes that the first has no room for, and a bit for each of all
    /// twenty.</summary>
    private const int SeenShift = 64 - (2 * EventCount);

    /// <summary>The first twelve codes in order, five bits each, the first in the lowest bits.</summary>
    private ulong _first;

    /// <summary>The other codes; in the highest bits, one bit for each code present.</summary>
    private ulong _second;

    private readonly uint Seen => (uint)(_second >> SeenShift);

    /// <summary>A hash with all bits mixed.</summary>
    public readonly uint Hash() => (uint)(((_first * 0x9E37_79B1_85EB_CA87) ^ (_second * 0xC2B2_AE3D_27D4_EB4F)) >> 32);

    /// <summary>Adds an event of a side, unless present.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(HistoryEvent happened, Side side)
    {
        var code = (int)happened + (side == Side.Low ? 0 : EventCount);
        if ((Seen & (1u << code)) == 0)
            AddFirst(code);
    }

    /// <summary>The text in Zeek's notation.</summary>
    /// <param name="originator">The side whose letters are upper case.</param>
    /// <param name="flipped">True when the flow was flipped after its first packet; Zeek marks it with a leading
    /// caret.</param>
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
