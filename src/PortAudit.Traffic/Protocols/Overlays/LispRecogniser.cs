using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises LISP data on its port by header and an inner IP packet consistent with its length (RFC 9300
/// §5.3). On other ports nearly any eight bytes could be the header; a cut datagram has too little.</summary>
internal sealed class LispRecogniser : IRecogniser
{
    private const ushort DataPort = 4341;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if ((conversation.OriginatorPort != DataPort && conversation.ResponderPort != DataPort)
            || !SentDatagram.TryTake(conversation, out var datagram) || !datagram.IsWhole
            || !LispHeader.TryParse(datagram.Payload, out var header, out _))
        {
            return RecogniserAnswer.NoMatch;
        }

        return InnerTraffic.IsIp(header.Payload, isWhole: true) ? RecogniserAnswer.Match : RecogniserAnswer.NoMatch;
    }
}
