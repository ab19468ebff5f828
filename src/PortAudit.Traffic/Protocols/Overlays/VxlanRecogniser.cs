using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises VXLAN over UDP by a header without reserved bits (RFC 7348 §5) and an inner frame consistent
/// with its length; VXLAN-GPE by its inner packet.</summary>
internal sealed class VxlanRecogniser : IRecogniser
{
    /// <summary>Flags: instance, next protocol, and perhaps OAM (draft-ietf-nvo3-vxlan-gpe §3.1), with reserved bytes
    /// clear.</summary>
    private const byte ExtendedFlags = 0x0C;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => VxlanHeader.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !VxlanHeader.TryParse(datagram.Payload, out var header, out _))
            return RecogniserAnswer.NoMatch;
        var isVxlan = header.HasReservedBits
            ? IsExtended(datagram, header)
            : InnerTraffic.IsFrame(header.Payload, datagram.IsWhole);
        return isVxlan ? RecogniserAnswer.Match : RecogniserAnswer.NoMatch;
    }

    private static bool IsExtended(SentDatagram datagram, VxlanHeader header)
    {
        if (datagram.Payload is not [ExtendedFlags, 0, 0, _, _, _, _, 0, ..])
            return false;
        return header.NextProtocol switch
        {
            VxlanHeader.NextIpv4 or VxlanHeader.NextIpv6 => InnerTraffic.IsIp(header.Payload, datagram.IsWhole),
            VxlanHeader.NextEthernet => InnerTraffic.IsFrame(header.Payload, datagram.IsWhole),
            _ => false,
        };
    }
}
