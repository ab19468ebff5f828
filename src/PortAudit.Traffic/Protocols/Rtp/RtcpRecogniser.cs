using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>Recognises RTCP over UDP. Proof is a compound packet (RFC 3550 §6.1) that fills the datagram, a single
/// packet and an earlier one of the same source, or, for SRTCP (RFC 3711 §3.4), of which only eight bytes are clear, a
/// packet and two earlier ones. Media on the same ports (RFC 5761) takes precedence once proved.</summary>
internal sealed class RtcpRecogniser : IRecogniser
{
    /// <summary>After an SRTCP packet come its index and an authentication tag of at least four bytes (RFC 3711
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

    /// <summary>Number of earlier datagrams of the same source.</summary>
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

    /// <summary>True after possible media packets, or after ICE checks, which are shared by media and RTCP if both
    /// sides agree.</summary>
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
