using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises the TaZmen Sniffer Protocol by its header and the Ethernet frame behind it, whose packet's
/// headers agree with its length. Who captured sends.</summary>
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
