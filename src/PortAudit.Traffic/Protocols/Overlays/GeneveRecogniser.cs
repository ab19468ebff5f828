using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises GENEVE over UDP by a header without reserved bits (RFC 8926 §3.4) and an inner packet consistent
/// with its length.</summary>
internal sealed class GeneveRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => GeneveHeader.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !GeneveHeader.TryParse(datagram.Payload, out var header, out _) || header.HasReservedBits)
            return RecogniserAnswer.NoMatch;
        return InnerTraffic.Is(header.ProtocolType, header.Payload, datagram.IsWhole)
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NoMatch;
    }
}
