using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>An event of a flow that its history records, once for each direction. The values index <see cref="FlowHistory"/>'s letters.</summary>
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

    /// <summary>Payload whose sequence numbers were seen before.</summary>
    Retransmission,

    /// <summary>A window of zero.</summary>
    ZeroWindow,
}

/// <summary>
/// What happened in a flow, in order, as Zeek's <c>history</c> field writes it: a letter for each first event of a direction,
/// upper case from the originator, lower case from the responder.
/// </summary>
internal struct FlowHistory
{
    private const int EventCount = 8;
    private const string Letters = "SHADFRTW";

    private Events _events;
    private ushort _seen;
    private byte _count;

    /// <summary>Records an event of the low (or high) endpoint, unless that direction has it already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(HistoryEvent happened, bool byLow)
    {
        var code = (int)happened + (byLow ? 0 : EventCount);
        if ((_seen & (1 << code)) == 0)
            AddFirst(code);
    }

    /// <summary>The history as text.</summary>
    /// <param name="lowIsOriginator">Which endpoint's letters are upper case.</param>
    /// <param name="flipped">True when the flow was flipped after its first packet, which Zeek marks with a caret in front.</param>
    public readonly string ToText(bool lowIsOriginator, bool flipped)
    {
        Span<char> text = stackalloc char[(2 * EventCount) + 1];
        var length = 0;
        if (flipped)
            text[length++] = '^';
        for (var i = 0; i < _count; i++)
        {
            var code = _events[i];
            var letter = Letters[code % EventCount];
            var byOriginator = code < EventCount == lowIsOriginator;
            text[length++] = byOriginator ? letter : char.ToLowerInvariant(letter);
        }

        return new string(text[..length]);
    }

    private void AddFirst(int code)
    {
        _seen |= (ushort)(1 << code);
        _events[_count++] = (byte)code;
    }

    [InlineArray(2 * EventCount)]
    private struct Events
    {
        private byte _first;
    }
}
