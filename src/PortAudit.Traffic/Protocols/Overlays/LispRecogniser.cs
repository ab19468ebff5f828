using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>
/// Recognises the data plane of the Locator/ID Separation Protocol on its port, by its header and the IP packet behind
/// it (RFC 9300 §5.3), whose headers agree with its length. Nearly any eight bytes before a packet could be that header
/// elsewhere, and of a datagram that was cut there is too little.
/// </summary>
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
