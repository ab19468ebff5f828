using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.EtherNetIp;

/// <summary>Recognises EtherNet/IP: its encapsulation over TCP and UDP by command, lengths and items, and the data of
/// its connections over UDP by their two items.</summary>
internal sealed class EtherNetIpRecogniser : IRecogniser
{
    /// <summary>First byte of a connection's data: two items.</summary>
    private const byte TwoItems = 2;

    /// <summary>Packets examined per direction: three without data, and one with.</summary>
    private const int PacketsExamined = 4;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == TwoItems || (first != 0 && EncapsulationPacket.IsCommand(first));

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Udp)
            return new TwoSidedMatch(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder)).Answer(conversation.Transport, ref recognition);
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var datagram = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        return PacketItems.AreConnectionData(datagram, conversation.IsWhole)
            ? RecogniserAnswer.Match
            : TwoSidedMatch.OfDatagram(isFromOriginator, Weigh(datagram, conversation.IsWhole))
                .Answer(IpProtocol.Udp, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> datagram, bool isWhole) =>
        EncapsulationPacket.TryParse(datagram, out var packet, out _) && (!packet.IsFaint || packet.AsksAll)
            && (!isWhole || packet.TotalLength == datagram.Length)
            ? packet.Side
            : SideMatch.Mismatch;

    /// <summary>The first packet with data shows the sender; only packets may follow it.</summary>
    private static SideMatch WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        var evidence = SideMatch.Partial;
        for (var i = 0; i < PacketsExamined; i++)
        {
            if (!EncapsulationPacket.TryParse(bytes, out var packet, out var error))
                return error == ParseError.Incomplete ? evidence : SideMatch.Mismatch;
            if (evidence is SideMatch.Partial && !packet.IsFaint)
                evidence = packet.Side;
            bytes = bytes[Math.Min(packet.TotalLength, bytes.Length)..];
        }

        return evidence;
    }
}
