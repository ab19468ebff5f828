using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Recognises a text protocol of client commands, one per line, and server replies. Such protocols share
/// banners and words: an ambiguous line waits for the other side's, and if two protocols cannot be distinguished the
/// result stays open.</summary>
internal abstract class CommandReplyRecogniser : IRecogniser
{
    /// <summary>Lines examined per direction: by then any protocol has shown itself.</summary>
    public const int MaximumWeighedLines = 16;

    /// <summary>Characters of a line.</summary>
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

    /// <summary>Examines a complete client line.</summary>
    protected abstract LineWeight WeighCommand(ReadOnlySpan<byte> line);

    /// <summary>Examines a complete server line.</summary>
    protected abstract LineWeight WeighReply(ReadOnlySpan<byte> line);

    /// <summary>True when an incomplete line, at least one byte, may be of this protocol.</summary>
    protected abstract bool MayBegin(ReadOnlySpan<byte> bytes);

    /// <summary>True when command and reply, each the first line of its direction, prove the protocol only
    /// together.</summary>
    protected abstract bool ProveTogether(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply);

    /// <summary>Adds the service shown by the client's first line (empty when not seen).</summary>
    protected virtual void Describe(ReadOnlySpan<byte> command, ref Recognition recognition)
    {
    }

    /// <summary>A command's meaning for a switch to TLS. A protocol without STARTTLS never waits for one.</summary>
    protected virtual TlsStep StepOf(ReadOnlySpan<byte> command) => TlsStep.RuledOut;

    /// <summary>True for a client line that has a reply; usually all.</summary>
    protected virtual bool IsAnswered(ReadOnlySpan<byte> command) => true;

    /// <summary>A server line's answer to the pending command; <paramref name="mayGreet"/> when only parts of a
    /// greeting came before.</summary>
    protected virtual ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet) => ServerAnswer.None;

    /// <summary>True for the reply that agrees to a switch to TLS.</summary>
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

    /// <summary>Lines within a multi-line reply are arbitrary (RFC 959 §4.2).</summary>
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
                    isForward ? clientEnd : serverEnd, isForward ? serverEnd : clientEnd, ContinuesInside: true);
    }

    /// <summary>Reads client lines up to the command after which its TLS begins (<see cref="TlsStep.Ask"/>), or which
    /// rules it out.</summary>
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

    /// <summary>The server answers command by command (RFC 5321 §4.3.1), even if a client pipelines them (RFC 2920
    /// §3.2). None while an answer is missing.</summary>
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

    /// <summary>Moves to the end of the server's text, which must be the agreeing reply. If the client's request was
    /// not seen, TLS must follow.</summary>
    private bool TryFollowServer(ReadOnlySpan<byte> server, bool isAsked, out int end)
    {
        var lines = new TextLines(server, Characters);
        var agrees = isAsked && server.IsEmpty;
        while (lines.MoveNext())
            agrees = IsGoAhead(lines.Line);
        end = lines.End;
        return agrees && (BeginsTls(lines.Rest) || (isAsked && lines.Rest.IsEmpty));
    }

    /// <summary>A handshake record, or an SSL 2.0 hello with the high bit of its length set, as sent first by old
    /// clients.</summary>
    private static bool BeginsTls(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && (bytes[0] == TextLines.TlsHandshake || bytes[0] >= 0x80);
}
