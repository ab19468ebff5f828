using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Recognises the NetBIOS name service over UDP and, with a length prefix, over TCP (RFC 1002 §4.2, §5.1.4) by
/// encoded names. Service <c>wins</c> is a name server's.</summary>
internal sealed class NbnsRecogniser : IRecogniser
{
    private const int LengthPrefix = 2;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new TwoSidedMatch(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);
        if (conversation.Transport != IpProtocol.Udp || !SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        var answer = TwoSidedMatch.OfDatagram(datagram.IsFromOriginator, WeighMessage(datagram.Payload))
            .Answer(IpProtocol.Udp, ref recognition);
        if (answer == RecogniserAnswer.NoMatch)
            return NbnsDamagedMessage.Weigh(datagram, ref recognition);
        if (NbnsMessage.TryParse(datagram.Payload, out var message, out _))
            LookForServer(message, datagram, conversation.Responder, ref recognition);
        return answer;
    }

    /// <summary>Waits for the response to a unicast request, which shows whether the host is a name server.</summary>
    private static void LookForServer(NbnsMessage message, in SentDatagram datagram, IpAddress responder,
        ref Recognition recognition)
    {
        if (NameServerAnswer.IsIn(message, datagram, responder))
            (recognition.Service, recognition.ServiceBasis) =
                (NameServerAnswer.Service, IdentificationBasis.Payload);
        else
            recognition.WantsMore = NameServerAnswer.MayFollow(message) || !datagram.Earlier.IsEmpty;
    }

    private static SideMatch WeighStream(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        if (stream.Length <= LengthPrefix)
            return SideMatch.Partial;
        var length = BinaryPrimitives.ReadUInt16BigEndian(stream);
        if (length < NbnsMessage.HeaderLength + NetBiosName.LengthWithoutScope)
            return SideMatch.Mismatch;
        return WeighMessage(stream[LengthPrefix..]);
    }

    private static SideMatch WeighMessage(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (NbnsMessage.TryParse(bytes, out var message, out var error))
            return message.IsResponse ? SideMatch.Reply : SideMatch.Request;
        return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
