using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Msnms;

/// <summary>Recognises the MSN Messenger protocol (MSNP2 to MSNP21; draft-movva-msn-messenger-protocol-00) by the first
/// line of either side: a word of three capitals with its arguments. A bare <c>PNG</c>, the client's keep-alive, is a
/// shape until the server's <c>QNG</c>.</summary>
internal sealed class MsnmsRecogniser : IRecogniser
{
    private const int WordLength = 3;

    private static ReadOnlySpan<byte> KeepAlive => "PNG\r\n"u8;

    private static ReadOnlySpan<byte> ClientWords =>
        "USR CVR PNG CHG SYN XFR ANS CAL MSG VER QRY UUX ADC PRP BLP GCF"u8;

    private static ReadOnlySpan<byte> ServerWords =>
        "VER CVR USR XFR NLN ILN FLN QNG CHL MSG RNG IRO JOI BYE ANS CAL SYN CHG QRY OUT UBX GCF"u8;

    private static ReadOnlySpan<byte> Presences => "NLN BSY IDL BRB AWY PHN LUN HDN FLN"u8;

    private static ReadOnlySpan<byte> Policies => "MD5 TWN SSO SHA OK CKI"u8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = Weigh(conversation.FromOriginator);
        var responder = Weigh(conversation.FromResponder);
        var answer = new TwoSidedMatch(originator, responder).Answer(IpProtocol.Tcp, ref recognition);
        if (answer != RecogniserAnswer.NeedMoreData)
            return answer;
        var isKeptAliveByOriginator =
            conversation.FromOriginator.SequenceEqual(KeepAlive) && responder != SideMatch.Mismatch;
        var isKeptAliveByResponder =
            conversation.FromResponder.SequenceEqual(KeepAlive) && originator != SideMatch.Mismatch;
        if (isKeptAliveByOriginator == isKeptAliveByResponder)
            return answer;
        recognition.Strength = MatchStrength.Shape;
        recognition.Client = isKeptAliveByOriginator ? ClientSide.Originator : ClientSide.Responder;
        return RecogniserAnswer.Match;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!char.IsAsciiLetterUpper((char)bytes[0]))
            return SideMatch.Mismatch;
        var word = bytes[..Math.Min(bytes.Length, WordLength)];
        if (!HasWord(ClientWords, word) && !HasWord(ServerWords, word))
            return SideMatch.Mismatch;
        if (bytes.Length > WordLength && bytes[WordLength] is not ((byte)' ' or (byte)'\r'))
            return SideMatch.Mismatch;
        var lines = new TextLines(bytes);
        if (!lines.MoveNext())
            return lines.IsForeign ? SideMatch.Mismatch : SideMatch.Partial;
        var rest = lines.Line;
        Words.Take(ref rest);
        var evidence = WeighServer(word, rest);
        return evidence == SideMatch.Mismatch ? WeighClient(word, rest, lines.Rest) : evidence;
    }

    private static bool HasWord(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word) =>
        !word.ContainsAnyInRange((byte)'a', (byte)'z') && Words.HoldsBeginning(list, word);

    private static SideMatch WeighServer(ReadOnlySpan<byte> word, ReadOnlySpan<byte> arguments)
    {
        var first = Words.Take(ref arguments);
        var second = Words.Take(ref arguments);
        var third = Words.Take(ref arguments);
        var isReply = false;
        if (word.SequenceEqual("QNG"u8))
            isReply = Words.IsNumber(first) && second.IsEmpty;
        else if (word.SequenceEqual("NLN"u8))
            isReply = Words.Holds(Presences, first) && second.Contains((byte)'@');
        else if (word.SequenceEqual("ILN"u8))
            isReply = Words.IsNumber(first) && Words.Holds(Presences, second) && third.Contains((byte)'@');
        else if (word.SequenceEqual("FLN"u8) || word.SequenceEqual("JOI"u8) || word.SequenceEqual("BYE"u8))
            isReply = first.Contains((byte)'@');
        else if (word.SequenceEqual("CHL"u8))
            isReply = first.SequenceEqual("0"u8) && Words.IsNumber(second);
        else if (word.SequenceEqual("XFR"u8))
            isReply = Words.IsNumber(first) && Words.Holds("NS SB"u8, second) && third.Contains((byte)':');
        else if (word.SequenceEqual("RNG"u8))
            isReply = Words.IsNumber(first) && second.Contains((byte)':') && third.SequenceEqual("CKI"u8);
        else if (word.SequenceEqual("IRO"u8))
            isReply = Words.IsNumber(first) && Words.IsNumber(second) && Words.IsNumber(third);
        else if (word.SequenceEqual("MSG"u8))
            isReply = (first.Contains((byte)'@') || first.SequenceEqual("Hotmail"u8)) && Words.IsNumber(third);
        return isReply ? SideMatch.Reply : SideMatch.Mismatch;
    }

    private static SideMatch WeighClient(ReadOnlySpan<byte> word, ReadOnlySpan<byte> arguments, ReadOnlySpan<byte> rest)
    {
        if (word.SequenceEqual("PNG"u8))
            return arguments.IsEmpty && (rest.IsEmpty || rest.StartsWith(KeepAlive))
                ? SideMatch.Partial
                : SideMatch.Mismatch;
        var first = Words.Take(ref arguments);
        var second = Words.Take(ref arguments);
        if (!Words.IsNumber(first))
            return SideMatch.Mismatch;
        if (word.SequenceEqual("VER"u8))
            return second.StartsWith("MSNP"u8) ? SideMatch.EitherSide : SideMatch.Mismatch;
        if (word.SequenceEqual("USR"u8))
            return Words.Holds(Policies, second)
                ? SideMatch.EitherSide
                : second.Contains((byte)'@') ? SideMatch.Request : SideMatch.Mismatch;
        if (word.SequenceEqual("CVR"u8))
            return second.StartsWith("0x"u8) ? SideMatch.Request : SideMatch.Partial;
        if (word.SequenceEqual("CHG"u8))
            return Words.Holds(Presences, second) ? SideMatch.EitherSide : SideMatch.Mismatch;
        if (word.SequenceEqual("MSG"u8))
            return Words.Holds("U N A D"u8, second) && Words.IsNumber(arguments)
                ? SideMatch.Request
                : SideMatch.Mismatch;
        if (word.SequenceEqual("XFR"u8))
            return second.SequenceEqual("SB"u8) ? SideMatch.Request : SideMatch.Mismatch;
        if (word.SequenceEqual("ANS"u8) || word.SequenceEqual("CAL"u8))
            return second.Contains((byte)'@') ? SideMatch.Request : SideMatch.Partial;
        return SideMatch.Partial;
    }
}
