using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises TZSP by its header and an inner Ethernet frame with a packet consistent with its length. The
/// capturing device sends.</summary>
internal sealed class TzspRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == TzspHeader.Version;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !TzspHeader.TryParse(datagram.Payload, out var header, out _)
            || header.Encapsulated != TzspHeader.EthernetFrame
            || !InnerTraffic.IsFrame(header.Payload, datagram.IsWhole))
        {
            return RecogniserAnswer.NoMatch;
        }

        recognition.Client = datagram.Sender;
        return RecogniserAnswer.Match;
    }
}
