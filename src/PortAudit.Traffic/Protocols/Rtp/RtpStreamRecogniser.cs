using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>Recognises RTP over TCP in RFC 4571 frames, as sent by Lync and ICE, by a series of packets in one
/// direction. Skips RTCP and ICE checks between them. Both sides send media, so there is no client.</summary>
internal sealed class RtpStreamRecogniser : TwoSidedRecogniser
{
    /// <summary>Frames examined per direction: ICE and RTCP before media, and media.</summary>
    private const int MaximumFrames = 48;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        var run = default(RtpRun);
        ReadOnlySpan<byte> last = [];
        for (var i = 0; i < MaximumFrames; i++)
        {
            if (!FramedPacket.TryParse(bytes, out var frame, out var error))
                return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
            if (!MayBe(frame))
                return SideMatch.Mismatch;
            if (frame.IsCut)
                return SideMatch.Partial;
            if (RtpPacket.TryParse(frame.Payload, out var packet, out _) && packet.MayBeMedia)
            {
                if (RtpPacket.TryParse(last, out var before, out _) && before.Source == packet.Source)
                    run.Add(before, packet);
                last = frame.Payload;
            }

            if (run.IsProof)
                return SideMatch.EitherSide;
            if (run.IsBroken)
                return SideMatch.Mismatch;
            bytes = bytes[frame.TotalLength..];
        }

        return SideMatch.Mismatch;
    }

    /// <summary>True while the bytes of a packet can be RTP, RTCP or STUN.</summary>
    private static bool MayBe(FramedPacket frame)
    {
        var payload = frame.Payload;
        if (payload.IsEmpty)
            return true;
        if (payload[0] >> 6 == 2)
            return !RtpPacket.TryParse(payload, out var packet, out _)
                || packet.FitsInto(frame.TotalLength - FramedPacket.HeaderLength);
        if (!StunMessage.TryParse(payload, out var message, out var error))
            return error == ParseError.Incomplete;
        return message.HasCookie && message.TotalLength == frame.TotalLength - FramedPacket.HeaderLength;
    }
}
