using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Bacnet;

/// <summary>Recognises BACnet/IP building control (ASHRAE 135 Annex J) by its virtual link control: type, function, and
/// datagram length.</summary>
internal sealed class BacnetRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == BvlcMessage.Type;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!BvlcMessage.TryParse(bytes, conversation.IsWhole, out var message, out _))
            return RecogniserAnswer.NoMatch;
        return TwoSidedMatch.OfDatagram(isFromOriginator, message.Side).Answer(IpProtocol.Udp, ref recognition);
    }
}
