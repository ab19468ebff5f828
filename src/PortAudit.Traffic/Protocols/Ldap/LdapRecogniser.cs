using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>
/// Recognises LDAP over TCP by its first message (RFC 4511 §5.2). While clients only bind and search, it waits for the
/// request that starts TLS (§4.14) and follows the conversation into it. A connection joined behind a SASL bind shows
/// wrapped messages alone: two in a row have its shape.
/// </summary>
internal sealed class LdapRecogniser : TwoSidedRecogniser
{
    /// <summary>Messages examined per direction: a client reads the root entry, perhaps the schema, and starts
    /// TLS.</summary>
    private const int MaximumMessages = 8;

    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    public override RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var answer = base.Recognise(conversation, ref recognition);
        if (answer == RecogniserAnswer.Match || !IsWrapped(conversation, out var wait))
            return answer;
        recognition.Strength = MatchStrength.Shape;
        recognition.Client = ClientByTokens(conversation);
        return wait ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.Match;
    }

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (LdapMessage.TryParse(bytes, out var message, out var error))
            return message.Side;
        return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
    }

    /// <inheritdoc />
    protected override void FollowIntoTls(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        if (!TryFindStart(client, out var id, out var end, out var mayCome))
        {
            recognition.WantsMore = mayCome;
            return;
        }

        var result = FindAnswer(server, id, out var answerEnd);
        recognition.WantsMore = result is null;
        if (result == 0)
            recognition.Next = ProtocolSwitch.IntoTls(end, answerEnd, isForward);
        else if (server.IsEmpty && TlsHandshakeStart.IsAt(client[end..]))
            recognition.NextIfOneWay = ProtocolSwitch.IntoTls(end, 0, isForward);
    }

    /// <summary>Finds StartTLS among the client's first messages; otherwise decides whether it may still
    /// come.</summary>
    private static bool TryFindStart(ReadOnlySpan<byte> stream, out long id, out int end, out bool mayCome)
    {
        id = 0;
        end = 0;
        mayCome = true;
        for (var i = 0; i < MaximumMessages; i++)
        {
            if (!LdapMessage.TryParse(stream[end..], out var message, out var error))
            {
                mayCome = error == ParseError.Incomplete;
                return false;
            }

            // RFC 4511 §4.14.1 allows StartTLS after a bind; after a SASL bind with security layer the next message is
            // unreadable.
            mayCome = message.AsksForTls || message.Operation is LdapOperation.Search or LdapOperation.Bind;
            if (!mayCome || message.TotalLength > stream.Length - end)
                return false;
            end += message.TotalLength;
            id = message.Id;
            if (message.AsksForTls)
                return true;
        }

        mayCome = false;
        return false;
    }

    /// <summary>The result of a request; null while missing.</summary>
    private static long? FindAnswer(ReadOnlySpan<byte> stream, long id, out int end)
    {
        end = 0;
        for (var i = 0; i < MaximumMessages * MaximumMessages; i++)
        {
            if (!LdapMessage.TryParse(stream[end..], out var message, out _)
                || message.TotalLength > stream.Length - end)
                return null;
            var start = end;
            end += message.TotalLength;
            if (message.Id == id && message.Operation == LdapOperation.ExtendedResponse)
                return LdapOperations.ResultOf(stream[start..]);
        }

        return -1;
    }

    private static bool IsWrapped(in Conversation conversation, out bool wait)
    {
        var one = SaslBuffer.CountInARow(conversation.FromOriginator);
        var other = SaslBuffer.CountInARow(conversation.FromResponder);
        wait = one < SaslBuffer.Enough && other < SaslBuffer.Enough && (one < 1 || other < 1);
        return one >= 0 && other >= 0 && one + other > 0;
    }

    /// <summary>The client, according to the creators of the tokens, if consistent.</summary>
    private static ClientSide ClientByTokens(in Conversation conversation)
    {
        var isOriginatorServer = SaslBuffer.IsOfServer(conversation.FromOriginator);
        var isResponderServer = SaslBuffer.IsOfServer(conversation.FromResponder);
        if (isOriginatorServer is null && isResponderServer is null || isOriginatorServer == isResponderServer)
            return ClientSide.Unknown;
        return isOriginatorServer ?? !isResponderServer!.Value ? ClientSide.Responder : ClientSide.Originator;
    }
}
