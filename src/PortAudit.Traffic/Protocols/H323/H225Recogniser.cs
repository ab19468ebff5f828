using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Recognises H.225.0: over TCP, call signalling as Q.931 messages in TPKT packets (H.225.0 appendix IV) with
/// ASN.1 in the user-user element; over UDP, RAS. The calling side is the client.</summary>
internal sealed class H225Recogniser : IRecogniser
{
    /// <summary>Empty keep-alive packets before the first message.</summary>
    private const int MaximumKeepAlives = 8;

    private const string Registration = "ras";

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => RasMessage.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new TwoSidedMatch(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder)).Answer(conversation.Transport, ref recognition);
        if (conversation.Transport != IpProtocol.Udp)
            return RecogniserAnswer.NoMatch;
        var sides =
            new TwoSidedMatch(WeighDatagram(conversation.FromOriginator), WeighDatagram(conversation.FromResponder));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match)
        {
            recognition.Service = Registration;
            recognition.ServiceBasis = IdentificationBasis.Payload;
        }

        return answer;
    }

    private static SideMatch WeighDatagram(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!RasMessage.TryParse(bytes, out var message, out _))
            return SideMatch.Mismatch;
        return message.IsRequest ? SideMatch.Request : SideMatch.Reply;
    }

    private static SideMatch WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        for (var i = 0; i <= MaximumKeepAlives; i++)
        {
            if (!TpktPacket.TryParse(bytes, out var packet, out var error))
                return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
            if (packet.TotalLength > TpktPacket.HeaderLength)
                return WeighMessage(packet);
            bytes = bytes[TpktPacket.HeaderLength..];
        }

        return SideMatch.Mismatch;
    }

    private static SideMatch WeighMessage(TpktPacket packet)
    {
        var isMessage = Q931Message.TryParse(packet.Payload, out var message, out var error);
        if (isMessage)
            error = message.FindUserInformation();
        if (error == ParseError.Incomplete)
            return packet.IsCut ? SideMatch.Partial : SideMatch.Mismatch;
        if (error != ParseError.None)
            return SideMatch.Mismatch;
        return message.IsFromCalled ? SideMatch.Reply : SideMatch.Request;
    }
}
