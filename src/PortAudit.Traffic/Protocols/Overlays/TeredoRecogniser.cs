using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises Teredo (RFC 4380 §5.1.1) by the inner IPv6 packet: one Teredo address, or a client's link-local
/// router discovery. Origin indications come from servers and relays, authentication first from a client.</summary>
internal sealed class TeredoRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => TeredoHeaders.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !TeredoHeaders.TryParse(datagram.Payload, out var headers, out _))
            return RecogniserAnswer.NoMatch;
        var wireLength = datagram.IsWhole ? headers.Payload.Length : int.MaxValue;
        if (!TeredoPacket.TryParse(headers.Payload, wireLength, out var packet, out _))
            return RecogniserAnswer.NoMatch;
        recognition.Client = ClientOf(datagram, headers, packet);
        return RecogniserAnswer.Match;
    }

    private static ClientSide ClientOf(SentDatagram datagram, TeredoHeaders headers, TeredoPacket packet)
    {
        if (packet.IsRouterSolicitation)
            return datagram.Sender;
        return packet.IsRouterAdvertisement || headers.HasOrigin ? datagram.Receiver : ClientSide.Unknown;
    }
}
