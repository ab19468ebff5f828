using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>
/// Recognises H.225.0: over TCP, call signalling as Q.931 messages in TPKT packets (H.225.0 appendix IV) with ASN.1 in
/// their user-user element; over UDP, RAS. The end that calls is the client.
/// </summary>
internal sealed class H225Recogniser : IRecogniser
{
    /// <summary>Empty packets, which keep a connection alive, that may come before the first message.</summary>
    private const int MaximumKeepAlives = 8;

    private const string Registration = "ras";

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => RasMessage.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new Testimony(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder)).Answer(conversation.Transport, ref recognition);
        if (conversation.Transport != IpProtocol.Udp)
            return RecogniserAnswer.NoMatch;
        var testimony =
            new Testimony(WeighDatagram(conversation.FromOriginator), WeighDatagram(conversation.FromResponder));
        var answer = testimony.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match)
        {
            recognition.Service = Registration;
            recognition.ServiceBasis = IdentificationBasis.Payload;
        }

        return answer;
    }

    private static Evidence WeighDatagram(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!RasMessage.TryParse(bytes, out var message, out _))
            return Evidence.Foreign;
        return message.IsRequest ? Evidence.Request : Evidence.Reply;
    }

    private static Evidence WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        for (var i = 0; i <= MaximumKeepAlives; i++)
        {
            if (!TpktPacket.TryParse(bytes, out var packet, out var error))
                return error == ParseError.Incomplete ? Evidence.Unfinished : Evidence.Foreign;
            if (packet.TotalLength > TpktPacket.HeaderLength)
                return WeighMessage(packet);
            bytes = bytes[TpktPacket.HeaderLength..];
        }

        return Evidence.Foreign;
    }

    private static Evidence WeighMessage(TpktPacket packet)
    {
        var isMessage = Q931Message.TryParse(packet.Payload, out var message, out var error);
        if (isMessage)
            error = message.FindUserInformation();
        if (error == ParseError.Incomplete)
            return packet.IsCut ? Evidence.Unfinished : Evidence.Foreign;
        if (error != ParseError.None)
            return Evidence.Foreign;
        return message.IsFromCalled ? Evidence.Reply : Evidence.Request;
    }
}
