using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>
/// Recognises RTCP over UDP. A compound packet (RFC 3550 §6.1) whose packets add up proves itself; a single packet
/// proves with an earlier one of the same source; secured packets (RFC 3711 §3.4), of which only the first eight bytes
/// are clear, with two. Where media shares the ports (RFC 5761), it names the flow once it is proved.
/// </summary>
internal sealed class RtcpRecogniser : IRecogniser
{
    /// <summary>Behind a secured packet stand its index and an authentication tag of at least four bytes (RFC 3711
    /// §3.4).</summary>
    private const int LeastTrailer = 8;

    private const int DatagramsThatProveASinglePacket = 1;
    private const int DatagramsThatProveASecuredPacket = 2;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => RtpPacket.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (conversation.Transport != IpProtocol.Udp || !RtcpPacket.TryParse(bytes, out var first, out _))
            return RecogniserAnswer.NoMatch;
        var compound = RtcpCompound.Of(bytes);
        if (!compound.IsWhole && conversation.IsWhole && first.TotalLength > bytes.Length - LeastTrailer)
            return RecogniserAnswer.NoMatch;

        var isCompound = compound is { IsWhole: true, Packets: > 1 };
        var needed = compound.IsWhole ? DatagramsThatProveASinglePacket : DatagramsThatProveASecuredPacket;
        if (isCompound || SteadyDatagrams(first, isFromOriginator, conversation.Earlier) >= needed)
        {
            recognition.WantsMore = MaySharePorts(conversation.Earlier);
            return RecogniserAnswer.Match;
        }

        if (!compound.IsWhole || !first.IsExactReport)
            return RecogniserAnswer.NeedMoreData;
        recognition.Strength = MatchStrength.Shape;
        return RecogniserAnswer.Match;
    }

    /// <summary>Number of earlier datagrams that the same source sent.</summary>
    private static int SteadyDatagrams(RtcpPacket packet, bool isFromOriginator, in DatagramHistory earlier)
    {
        var steady = 0;
        for (var i = 0; i < earlier.Count; i++)
        {
            var datagram = earlier[i];
            if (datagram.IsFromOriginator == isFromOriginator
                && RtcpPacket.TryParse(datagram.Head, out var before, out _) && before.Source == packet.Source)
                steady++;
        }

        return packet.Source != 0 ? steady : 0;
    }

    /// <summary>True when packets that may be media went before, or checks of ICE, which are made once for media and
    /// RTCP together where both agree to it.</summary>
    private static bool MaySharePorts(in DatagramHistory earlier)
    {
        for (var i = 0; i < earlier.Count; i++)
        {
            var head = earlier[i].Head;
            if ((RtpPacket.TryParse(head, out var packet, out _) && packet.MayBeMedia)
                || (StunMessage.TryParse(head, out var message, out _) && message.HasCookie))
                return true;
        }

        return false;
    }
}
