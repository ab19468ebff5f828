using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Simple;

/// <summary>Recognises the character generator (RFC 864) by the standard's pattern: lines of 72 consecutive printable
/// characters, cyclic, each line starting one further.</summary>
internal sealed class ChargenRecogniser : IRecogniser
{
    private const int LineLength = 72;

    /// <summary>Characters of the next line that show it starts one further.</summary>
    private const int NextLine = 8;

    private const byte First = 0x20;
    private const byte Last = 0x7E;

    /// <summary>Characters of the cycle; some servers omit the space.</summary>
    private const int Ring = Last - First + 1;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is >= First and <= Last;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = Weigh(conversation.FromOriginator);
        var responder = Weigh(conversation.FromResponder);

        // The other side's data is discarded, whatever it is.
        return new TwoSidedMatch(originator, responder)
        {
            RepliesProve = originator == SideMatch.Reply
            || responder == SideMatch.Reply
        }.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        var length = RunLength(bytes);
        if (length == bytes.Length && length < LineLength)
            return SideMatch.Partial;
        if (length is 0 or > LineLength)
            return SideMatch.Mismatch;
        var end = bytes[length..];
        if (end.Length < 2)
            return SideMatch.Partial;
        if (end[0] != '\r' || end[1] != '\n')
            return SideMatch.Mismatch;
        var next = end[2..];
        if (next.Length < NextLine)
            return length == LineLength ? SideMatch.Reply : SideMatch.Partial;

        // A line of 72 characters ends 71 after its start; the next starts one further, cyclically.
        var step = next[0] - bytes[length - 1];
        var isNext = RunLength(next[..NextLine]) == NextLine
            && (step == 2 - LineLength || step == 2 - LineLength + Ring || step == 2 - LineLength + Ring - 1);
        return isNext ? SideMatch.Reply : SideMatch.Mismatch;
    }

    /// <summary>Number of bytes at the start that each follow the previous one in the cycle.</summary>
    private static int RunLength(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length && i <= LineLength; i++)
        {
            if (bytes[i] is < First or > Last)
                return i;
            if (i > 0 && !Follows(bytes[i - 1], bytes[i]))
                return i;
        }

        return Math.Min(bytes.Length, LineLength + 1);
    }

    private static bool Follows(byte one, byte next) => next == one + 1 || (one == Last && next is First or First + 1);
}
