using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>Recognises RTP over UDP, clear or secured, by series of packets in one or both directions, as a single
/// packet has no magic number (RFC 3550 §5.1). Skips STUN, DTLS and RTCP on the same ports (RFC 7983, RFC 5761). A ZRTP
/// message (RFC 6189 §5), which negotiates media keys on the same ports, is immediate proof.</summary>
internal sealed class RtpRecogniser : IRecogniser
{
    private const string KeyAgreement = "zrtp";

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => RtpPacket.MayBeginWith(first) || ZrtpMessage.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (ZrtpMessage.TryParse(bytes, out _, out _))
        {
            recognition.Service = KeyAgreement;
            recognition.ServiceBasis = IdentificationBasis.Payload;
            return RecogniserAnswer.Match;
        }

        if (!RtpPacket.TryParse(bytes, out var packet, out _) || !packet.MayBeMedia
            || (conversation.IsWhole && !packet.FitsInto(bytes.Length)))
            return RecogniserAnswer.NoMatch;
        if (IsLength(packet, bytes.Length))
            return RecogniserAnswer.NeedMoreData;
        return Judge(RunTo(packet, isFromOriginator, conversation.Earlier), ref recognition);
    }

    private static RtpRun RunTo(RtpPacket packet, bool isFromOriginator, in DatagramHistory earlier)
    {
        var run = default(RtpRun);
        run.Follow(earlier, earlier.Count, packet, isFromOriginator);
        for (var i = 1; i < earlier.Count; i++)
        {
            var datagram = earlier[i];
            if (RtpPacket.TryParse(datagram.Head, out var before, out _) && before.MayBeMedia
                && before.FitsInto(datagram.Length) && !IsLength(before, datagram.Length))
                run.Follow(earlier, i, before, datagram.IsFromOriginator);
        }

        return run;
    }

    /// <summary>True when the sequence number equals the datagram length, which other protocols have there (BACnet/IP):
    /// it proves nothing.</summary>
    private static bool IsLength(RtpPacket packet, int length) => packet.SequenceNumber == length;

    private static RecogniserAnswer Judge(RtpRun run, ref Recognition recognition)
    {
        if (run.IsProof)
            return RecogniserAnswer.Match;
        if (!run.IsShape)
            return RecogniserAnswer.NeedMoreData;
        recognition.Strength = MatchStrength.Shape;
        return RecogniserAnswer.Match;
    }
}
