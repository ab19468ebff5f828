using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Syslog;

/// <summary>Recognises syslog: one message per datagram (RFC 5426 §3.1), over TCP with a decimal length or up to a line
/// feed (RFC 6587 §3.4). A priority followed by text only is a shape. The sender is the client; a collector is
/// silent.</summary>
internal sealed class SyslogRecogniser : IRecogniser
{
    /// <summary>Digits of a message's length: none has ten million bytes.</summary>
    private const int LongestCount = 7;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == '<';

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isDatagram = conversation.Transport == IpProtocol.Udp;
        var strength = MatchStrength.Shape;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, isDatagram, ref strength),
            Weigh(conversation.FromResponder, isDatagram, ref strength));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        recognition.Strength = answer == RecogniserAnswer.Match ? strength : MatchStrength.Proof;
        return answer;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isDatagram, ref MatchStrength strength)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!isDatagram && !TrySkipCount(ref bytes))
            return bytes.IsEmpty ? SideMatch.Partial : SideMatch.Mismatch;
        if (!SyslogMessage.TryParse(bytes, isDatagram, out var message, out var error))
            return error == ParseError.Incomplete && !isDatagram ? SideMatch.Partial : SideMatch.Mismatch;
        if (message.HasHeader)
            strength = MatchStrength.Proof;
        else if (!IsText(bytes[message.HeaderLength..]))
            return SideMatch.Mismatch;
        return SideMatch.Request;
    }

    /// <summary>Skips the length before a message. False, with no bytes left, when it is cut.</summary>
    private static bool TrySkipCount(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == '<')
            return true;
        if (bytes[0] is < (byte)'1' or > (byte)'9')
            return false;
        var digits = bytes[..Math.Min(bytes.Length, LongestCount + 1)].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits >= 0 && bytes[digits] != ' ')
            return false;
        if (digits < 0 && bytes.Length > LongestCount)
            return false;
        bytes = digits < 0 ? [] : bytes[(digits + 1)..];
        return !bytes.IsEmpty;
    }

    /// <summary>A few lines of text, optionally ending in NUL.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd((byte)0);
        var index = bytes.IndexOfAnyExcept(Ascii.LineCharacters);
        return !bytes.IsEmpty && (index < 0 || (index > 0 && bytes[index] is (byte)'\r' or (byte)'\n'));
    }
}
