using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// Recognises a text protocol in which a client gives commands, one a line, and a server answers them. Such protocols
/// share banners and words: a line that others say as well waits for what the other end says to it, and where nobody
/// can tell two of them apart the answer stays open.
/// </summary>
internal abstract class CommandReplyRecogniser : IRecogniser
{
    /// <summary>Lines of one direction that are weighed at most: whatever a protocol opens with has shown itself by
    /// then.</summary>
    public const int MaximumWeighedLines = 16;

    /// <summary>What a line is made of.</summary>
    protected virtual CharacterClass Characters => Ascii.LineCharacters;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = Weigh(conversation.FromOriginator);
        var responder = Weigh(conversation.FromResponder);
        var answer = Answer(originator, responder, ref recognition);
        if (answer != RecogniserAnswer.Match || recognition.Strength != MatchStrength.Proof)
            return answer;
        Describe(originator.IsClient ? originator.First : responder.IsClient ? responder.First : [], ref recognition);
        FollowIntoTls(conversation, ref recognition);
        return answer;
    }

    /// <summary>Weighs a whole line as a client's.</summary>
    protected abstract LineWeight WeighCommand(ReadOnlySpan<byte> line);

    /// <summary>Weighs a whole line as a server's.</summary>
    protected abstract LineWeight WeighReply(ReadOnlySpan<byte> line);

    /// <summary>True when bytes without a line end, at least one, may begin a line of either side.</summary>
    protected abstract bool MayBegin(ReadOnlySpan<byte> bytes);

    /// <summary>True when a command and a reply that prove nothing alone prove the protocol together. Either is the
    /// first line of its direction.</summary>
    protected abstract bool ProveTogether(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply);

    /// <summary>Adds what the client's first line (empty when it was not seen) tells of the service.</summary>
    protected virtual void Describe(ReadOnlySpan<byte> command, ref Recognition recognition)
    {
    }

    /// <summary>What a command means for going over to TLS. A protocol without STARTTLS never waits for it.</summary>
    protected virtual TlsStep StepOf(ReadOnlySpan<byte> command) => TlsStep.RuledOut;

    /// <summary>True for a client's line that the server answers with one of its own. All are in most
    /// protocols.</summary>
    protected virtual bool IsAnswered(ReadOnlySpan<byte> command) => true;

    /// <summary>What a server's line says to the command whose turn it is; <paramref name="mayGreet"/> when nothing but
    /// parts of one stands before it.</summary>
    protected virtual ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet) => ServerAnswer.None;

    /// <summary>True for the reply that agrees to going over to TLS.</summary>
    protected virtual bool IsGoAhead(ReadOnlySpan<byte> reply) => false;

    private DialogueSide Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return DialogueSide.Silence;
        var lines = new TextLines(bytes, Characters);
        if (!lines.MoveNext())
        {
            var beginning = bytes.TrimEnd((byte)'\r');
            return !lines.IsForeign && !beginning.IsEmpty && MayBegin(beginning)
                ? DialogueSide.Unfinished
                : DialogueSide.Foreign;
        }

        var first = lines.Line;
        var command = WeighCommand(first);
        var reply = WeighReply(first);
        if (command == LineWeight.Foreign && reply == LineWeight.Foreign)
            return DialogueSide.Foreign;
        return command >= reply
            ? new DialogueSide(WeighCommands(lines, command), true, first)
            : new DialogueSide(WeighReplies(lines, reply), false, first);
    }

    private LineWeight WeighCommands(TextLines lines, LineWeight weight)
    {
        for (var i = 1; i < MaximumWeighedLines && weight != LineWeight.Proof && lines.MoveNext(); i++)
        {
            var next = WeighCommand(lines.Line);
            if (next == LineWeight.Foreign)
                break;
            weight = next > weight ? next : weight;
        }

        return weight;
    }

    /// <summary>Within a reply of several lines anything may stand (RFC 959 §4.2).</summary>
    private LineWeight WeighReplies(TextLines lines, LineWeight weight)
    {
        for (var i = 1; i < MaximumWeighedLines && weight != LineWeight.Proof; i++)
        {
            var isWithin = ReplyLine.TryParse(lines.Line, out var reply) ? reply.HasMore : !lines.Line.IsEmpty;
            if (!lines.MoveNext())
                break;
            var next = WeighReply(lines.Line);
            if (next == LineWeight.Foreign && !isWithin)
                break;
            weight = next > weight ? next : weight;
        }

        return weight;
    }

    private RecogniserAnswer Answer(DialogueSide originator, DialogueSide responder, ref Recognition recognition)
    {
        var answer = new TwoSidedMatch(originator.SideMatch, responder.SideMatch)
            .Answer(IpProtocol.Tcp, ref recognition);
        if (answer == RecogniserAnswer.Match)
            return answer;
        var isContradicted = originator.SideMatch == SideMatch.Mismatch || responder.SideMatch == SideMatch.Mismatch
            || (originator.IsClient && responder.IsClient) || (originator.IsServer && responder.IsServer);
        if (isContradicted)
            return RecogniserAnswer.NoMatch;
        var client = originator.IsClient || responder.IsServer ? ClientSide.Originator : ClientSide.Responder;
        var isTogether = (originator.IsClient && responder.IsServer && ProveTogether(originator.First, responder.First))
            || (originator.IsServer && responder.IsClient && ProveTogether(responder.First, originator.First));
        if (!isTogether && !originator.IsLikely && !responder.IsLikely)
            return RecogniserAnswer.NeedMoreData;
        recognition.Client = client;
        recognition.Strength = isTogether ? MatchStrength.Proof : MatchStrength.Shape;
        return RecogniserAnswer.Match;
    }

    private void FollowIntoTls(in Conversation conversation, ref Recognition recognition)
    {
        if (recognition.Client == ClientSide.Unknown)
            return;
        var isForward = recognition.Client == ClientSide.Originator;
        var client = isForward ? conversation.FromOriginator : conversation.FromResponder;
        var server = isForward ? conversation.FromResponder : conversation.FromOriginator;
        var step = FollowClient(client, server, out var clientEnd);
        recognition.WantsMore = step == TlsStep.Hope;
        if (step == TlsStep.RuledOut || !TryFollowServer(server, isAsked: step == TlsStep.Ask, out var serverEnd))
        {
            recognition.WantsMore |= step == TlsStep.Ask;
            return;
        }

        if (step == TlsStep.Ask || client.IsEmpty)
            recognition.Next =
                new ProtocolSwitch(
                    isForward ? clientEnd : serverEnd, isForward ? serverEnd : clientEnd, GoesOnInside: true);
    }

    /// <summary>Goes through the client's lines to the command behind which its TLS begins (<see cref="TlsStep.Ask"/>),
    /// or to one behind which none can come.</summary>
    private TlsStep FollowClient(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out int end)
    {
        end = 0;
        if (StepOf([]) == TlsStep.RuledOut)
            return TlsStep.RuledOut;
        var lines = new TextLines(client, Characters);
        var replies = new TextLines(server, Characters);
        var mayGreet = true;
        while (lines.MoveNext())
        {
            var step = StepOf(lines.Line);
            end = lines.End;
            var answer = IsAnswered(lines.Line) ? NextAnswer(ref replies, ref mayGreet) : ServerAnswer.None;
            if (step == TlsStep.RuledOut || (step == TlsStep.Work && answer == ServerAnswer.Consent))
                return TlsStep.RuledOut;
            if (step == TlsStep.Ask && BeginsTls(lines.Rest))
                return step;
        }

        return lines.IsForeign ? TlsStep.RuledOut : TlsStep.Hope;
    }

    /// <summary>The server answers command by command (RFC 5321 §4.3.1), even where a client sends several at once (RFC
    /// 2920 §3.2). None while it did not, or was not seen.</summary>
    private ServerAnswer NextAnswer(ref TextLines replies, ref bool mayGreet)
    {
        while (replies.MoveNext())
        {
            var answer = AnswerOf(replies.Line, mayGreet);
            mayGreet &= answer == ServerAnswer.Part;
            if (answer is ServerAnswer.Consent or ServerAnswer.Refusal)
                return answer;
        }

        return ServerAnswer.None;
    }

    /// <summary>Goes to the end of the server's text, which must be the reply that agrees. Where the client was not
    /// seen to ask, TLS must follow it.</summary>
    private bool TryFollowServer(ReadOnlySpan<byte> server, bool isAsked, out int end)
    {
        var lines = new TextLines(server, Characters);
        var agrees = isAsked && server.IsEmpty;
        while (lines.MoveNext())
            agrees = IsGoAhead(lines.Line);
        end = lines.End;
        return agrees && (BeginsTls(lines.Rest) || (isAsked && lines.Rest.IsEmpty));
    }

    /// <summary>A handshake record, or the hello of SSL 2.0 with the high bit of its length set, which clients of old
    /// times sent first.</summary>
    private static bool BeginsTls(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && (bytes[0] == TextLines.TlsHandshake || bytes[0] >= 0x80);
}
