using System.Buffers.Binary;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>
/// Recognises STUN: with the cookie of RFC 5389 over UDP and TCP (RFC 8489 §6.2.2; framed by RFC 4571 as ICE over TCP does, RFC 6544 §3), of
/// RFC 3489 over UDP only. TURN's methods (RFC 8656 §17, RFC 6062 §6.1) name the service. ChannelData alone proves nothing. Microsoft's
/// TURN is another name: <see cref="MsTurnRecogniser"/>.
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
        var isTurn = false;
        Testimony testimony;
        if (conversation.Transport == IpProtocol.Udp)
            testimony = new(WeighDatagram(conversation.FromOriginator, conversation.IsWhole, ref isTurn), WeighDatagram(conversation.FromResponder, conversation.IsWhole, ref isTurn));
        else if (conversation.Transport == IpProtocol.Tcp)
            testimony = new(WeighStream(conversation.FromOriginator, ref isTurn), WeighStream(conversation.FromResponder, ref isTurn));
        else
            return RecogniserAnswer.NoMatch;
        var answer = testimony.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && isTurn)
        {
            recognition.Service = Turn;
            recognition.ServiceBasis = IdentificationBasis.Payload;
        }

        return answer;
    }

    private static Evidence WeighDatagram(ReadOnlySpan<byte> bytes, bool isWhole, ref bool isTurn)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!StunMessage.TryParse(bytes, out var message, out _) || message.IsMicrosoft)
            return Evidence.Foreign;
        var fits = isWhole ? message.TotalLength == bytes.Length : message.TotalLength >= bytes.Length;
        if (!fits || !(message.HasCookie || message.IsClassic))
            return Evidence.Foreign;
        isTurn |= IsTurn(message.Method);
        return SideOf(message);
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
