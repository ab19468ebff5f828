using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Recognises STUN: with the RFC 5389 cookie over UDP and TCP (RFC 8489 §6.2.2; in RFC 4571 frames for ICE
/// over TCP, RFC 6544 §3), RFC 3489 over UDP only. TURN methods (RFC 8656 §17, RFC 6062 §6.1) determine the service, as
/// do several ChannelData datagrams, or ICE checks, which give way to the protocol after them on the same ports.
/// Microsoft's TURN: <see cref="MsTurnRecogniser"/>.</summary>
internal sealed class StunRecogniser : IRecogniser
{
    /// <summary>Service of a flow of ICE checks between peers (RFC 8445 §7).</summary>
    public const string Ice = IceService.Name;

    private const string Turn = "turn";

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => StunMessage.MayBeginWith(first) || ChannelData.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Udp)
            return RecogniseDatagram(conversation, ref recognition);
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        return RecogniseStreams(conversation, ref recognition);
    }

    private static RecogniserAnswer RecogniseStreams(in Conversation conversation, ref Recognition recognition)
    {
        var originator = StunStream.Read(conversation.FromOriginator);
        var responder = StunStream.Read(conversation.FromResponder);
        var answer = new TwoSidedMatch(originator.SideMatch, responder.SideMatch).Answer(conversation.Transport,
            ref recognition);
        if (answer != RecogniserAnswer.Match)
            return answer;
        if (originator.IsTurn || responder.IsTurn)
            Name(ref recognition, Turn);
        else if (originator.IsOfPeers || responder.IsOfPeers)
            Name(ref recognition, Ice);

        // Frames are for peers (RFC 6544 §3): checks give way to media or DTLS.
        recognition.WantsMore =
            (originator.CanFollow && responder.IsFramedOrSilent)
            || (responder.CanFollow && originator.IsFramedOrSilent);
        if (recognition.WantsMore && (originator.HasMore || responder.HasMore))
            recognition.Next = new ProtocolSwitch(originator.Length, responder.Length, ContinuesInside: false);
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
                Name(ref recognition, Turn);
            return answer;
        }

        if (StunSide.IsTurn(message))
            Name(ref recognition, Turn);
        recognition.WantsMore = message.Method == StunMethod.Binding; // media may follow on the same ports
        if (IceCheck.IsOfPeers(message))
            Name(ref recognition, Ice);
        return TwoSidedMatch.OfDatagram(isFromOriginator, StunSide.Of(message))
            .Answer(conversation.Transport, ref recognition);
    }

    private static bool TryReadDatagram(ReadOnlySpan<byte> bytes, bool isWhole, out StunMessage message)
    {
        if (!StunMessage.TryParse(bytes, out message, out _) || message.IsMicrosoft)
            return false;
        var fits = isWhole ? message.TotalLength == bytes.Length : message.TotalLength >= bytes.Length;
        return fits && (message.HasCookie || message.IsClassic);
    }

    private static void Name(ref Recognition recognition, string service)
    {
        recognition.Service = service;
        recognition.ServiceBasis = IdentificationBasis.Payload;
    }
}
