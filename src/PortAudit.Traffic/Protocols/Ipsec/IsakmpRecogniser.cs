using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ipsec;

/// <summary>Recognises IKE over UDP, with or without the non-ESP marker (RFC 3948 §2.2), and over TCP after the stream
/// prefix (RFC 9329 §3). The initiator is the client. After the marker ESP may follow
/// (<see cref="EspRecogniser"/>).</summary>
internal sealed class IsakmpRecogniser : IRecogniser
{
    private static ReadOnlySpan<byte> StreamPrefix => "IKETCP"u8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new TwoSidedMatch(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        var skipped = IsakmpHeader.LengthOfMarker(datagram.Payload);
        if (!IsakmpHeader.TryParse(datagram.Payload[skipped..], out var header, out _)
            || !datagram.IsFilledBy(skipped + (long)header.Length))
            return RecogniserAnswer.NoMatch;
        recognition.WantsMore = skipped > 0;
        recognition.Client = header.IsFromInitiator switch
        {
            true => datagram.Sender,
            false => datagram.Receiver,
            null => ClientSide.Unknown,
        };
        return RecogniserAnswer.Match;
    }

    /// <summary>Only the connecting side sends the prefix; the other begins with a length.</summary>
    private static SideMatch WeighStream(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        var common = stream.CommonPrefixLength(StreamPrefix);
        if (common == StreamPrefix.Length)
            return SideMatch.Request;
        return common == stream.Length ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
