using System.Buffers.Binary;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>
/// Recognises STUN: with the cookie of RFC 5389 over UDP and TCP (RFC 8489 §6.2.2; framed by RFC 4571 as ICE over TCP does, RFC 6544 §3), of
/// RFC 3489 over UDP only. TURN's methods (RFC 8656 §17, RFC 6062 §6.1) name the service; ChannelData does with several datagrams. The checks of ICE make way
/// for what follows them on the same ports. Microsoft's TURN is another name: <see cref="MsTurnRecogniser"/>.
/// </summary>
internal sealed class StunRecogniser : IRecogniser
{
    /// <summary>Messages of a stream that are looked at for a TURN method: connectivity checks may come first.</summary>
    public const int MaximumMessages = 16;

    private const string Turn = "turn";
    private const int DataMethod = 7;
    private const int FrameLength = 2;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Udp)
            return RecogniseDatagram(conversation, ref recognition);
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        var isTurn = false;
        var testimony = new Testimony(WeighStream(conversation.FromOriginator, ref isTurn), WeighStream(conversation.FromResponder, ref isTurn));
        var answer = testimony.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && isTurn)
            NameTurn(ref recognition);
        return answer;
    }

    private static RecogniserAnswer RecogniseDatagram(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!TryReadDatagram(bytes, conversation.IsWhole, out var message))
        {
            var answer = ChannelData.Weigh(bytes, conversation.IsWhole, conversation.Earlier);
            if (answer == RecogniserAnswer.Match)
                NameTurn(ref recognition);
            return answer;
        }

        var side = SideOf(message);
        var testimony = isFromOriginator ? new Testimony(side, Evidence.Silence) : new Testimony(Evidence.Silence, side);
        if (IsTurn(message.Method))
            NameTurn(ref recognition);
        recognition.WantsMore = IceCheck.IsCheck(message, conversation.Earlier);
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static bool TryReadDatagram(ReadOnlySpan<byte> bytes, bool isWhole, out StunMessage message)
    {
        if (!StunMessage.TryParse(bytes, out message, out _) || message.IsMicrosoft)
            return false;
        var fits = isWhole ? message.TotalLength == bytes.Length : message.TotalLength >= bytes.Length;
        return fits && (message.HasCookie || message.IsClassic);
    }

    private static void NameTurn(ref Recognition recognition)
    {
        recognition.Service = Turn;
        recognition.ServiceBasis = IdentificationBasis.Payload;
    }

    private static Evidence WeighStream(ReadOnlySpan<byte> bytes, ref bool isTurn)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        var plain = WeighMessages(bytes, hasFrames: false, ref isTurn);
        return plain == Evidence.Foreign ? WeighMessages(bytes, hasFrames: true, ref isTurn) : plain;
    }

    /// <summary>The first message decides; the following ones can only add that it is TURN.</summary>
    private static Evidence WeighMessages(ReadOnlySpan<byte> bytes, bool hasFrames, ref bool isTurn)
    {
        var evidence = Evidence.Unfinished;
        for (var i = 0; i < MaximumMessages && !isTurn; i++)
        {
            var body = hasFrames ? bytes[Math.Min(FrameLength, bytes.Length)..] : bytes;
            if (!StunMessage.TryParse(body, out var message, out var error))
                return evidence != Evidence.Unfinished || error == ParseError.Incomplete ? evidence : Evidence.Foreign;
            var isFramed = !hasFrames || BinaryPrimitives.ReadUInt16BigEndian(bytes) == message.TotalLength;
            if (!message.HasCookie || !isFramed || message.IsMicrosoft)
                return evidence == Evidence.Unfinished ? Evidence.Foreign : evidence;
            if (evidence == Evidence.Unfinished && message.MayBeMicrosoft)
                return evidence;
            if (evidence == Evidence.Unfinished)
                evidence = SideOf(message);
            isTurn |= IsTurn(message.Method);
            if (body.Length < message.TotalLength)
                return evidence;
            bytes = body[message.TotalLength..];
        }

        return evidence;
    }

    /// <summary>Who sends what: clients ask, servers answer and relay data (RFC 8656 §11); other indications come from either end.</summary>
    private static Evidence SideOf(StunMessage message) => message.Class switch
    {
        StunClass.Request => Evidence.Request,
        StunClass.SuccessResponse or StunClass.ErrorResponse => Evidence.Reply,
        _ when message.Method == DataMethod => Evidence.Reply,
        _ => Evidence.EitherSide,
    };

    /// <summary>Allocate, Refresh, Send, Data, CreatePermission, ChannelBind; Connect, ConnectionBind and ConnectionAttempt.</summary>
    private static bool IsTurn(int method) => method is 3 or 4 or 6 or >= DataMethod and <= 0xC;
}
