using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Bacnet;

/// <summary>Recognises BACnet/IP building control (ASHRAE 135 Annex J) by its virtual link control: type, function, and
/// datagram length. Where a device writes a wrong length, by a request with its answer.</summary>
internal sealed class BacnetRecogniser : IRecogniser
{
    private const byte Unicast = 0x0A;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == BvlcMessage.Type;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (BvlcMessage.TryParse(bytes, conversation.IsWhole, out var message, out _))
            return TwoSidedMatch.OfDatagram(isFromOriginator, message.Side).Answer(IpProtocol.Udp, ref recognition);
        if (!TryReadUnit(bytes, out var unit))
            return RecogniserAnswer.NoMatch;
        if (!IsAnswer(unit, isFromOriginator, conversation.Earlier))
            return RecogniserAnswer.NeedMoreData;
        return TwoSidedMatch.OfDatagram(isFromOriginator, unit.Side).Answer(IpProtocol.Udp, ref recognition);
    }

    /// <summary>True when the other side sent the request before.</summary>
    private static bool IsAnswer(ApplicationUnit unit, bool isFromOriginator, DatagramHistory earlier)
    {
        for (var i = 0; i < earlier.Count; i++)
        {
            if (earlier[i].IsFromOriginator != isFromOriginator && TryReadUnit(earlier[i].Head, out var request)
                && request.IsAnsweredBy(unit))
                return true;
        }

        return false;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> bytes, out ApplicationUnit unit)
    {
        unit = default;
        return bytes is [BvlcMessage.Type, Unicast, ..] && bytes.Length > BvlcMessage.HeaderLength
            && ApplicationUnit.TryParse(bytes[BvlcMessage.HeaderLength..], out unit);
    }
}
