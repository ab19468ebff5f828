using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dns;
using PortAudit.Traffic.Protocols.Sip;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Identifies a datagram at all capture points, even if a device between them changes addresses, ports or some
/// content: STUN transaction (RFC 8489 §5), DNS identifier and question (RFC 1035 §4.1), SIP call and sequence (RFC
/// 3261 §8.1.1), RTP header (RFC 3550 §5.1), echo sequence (RFC 792); else the first bytes.</summary>
/// <param name="Key">The digest; 0 when nothing identifies the datagram.</param>
/// <param name="Content">Digest of the whole datagram where the key leaves some of it out; else 0.</param>
internal readonly record struct MessageKey(ulong Key, uint Content)
{
    /// <summary>Payload bytes compared: a snap length of 96 leaves them.</summary>
    private const int ComparedBytes = 48;

    private const int RtpHeaderLength = 12;
    private const ushort DnsPort = 53;

    /// <summary>Root label, type and class after a question's name (RFC 1035 §4.1.2).</summary>
    private const int QuestionTail = 5;

    private enum Kind : uint
    {
        Stun = 1,
        Dns,
        Sip,
        Rtp,
        Echo,
        Payload,
    }

    /// <summary>The key of the walk's current datagram.</summary>
    public static MessageKey Of(in PacketWalk walk)
    {
        ref readonly var packet = ref walk.Packet;
        if (packet.Protocol.IsIcmp)
            return OfIcmp(walk.Shown);
        var payload = walk.Payload;
        if (payload.IsEmpty)
            return default;
        var isWhole = payload.Length == packet.OriginalPayloadLength;
        if (packet.Protocol == IpProtocol.Udp && OfMessage(packet, payload, out var kind) is { } identity)
            return new MessageKey(ContentDigest.Finish(identity, (uint)kind),
                isWhole && kind != Kind.Rtp ? (uint)ContentDigest.Of(payload, (uint)kind) | 1 : 0);
        return new MessageKey(ContentDigest.Of(payload[..Math.Min(payload.Length, ComparedBytes)], (uint)Kind.Payload),
            0);
    }

    /// <summary>A device may change a request's identifier (RFC 3022 §4.1), not sequence and data. Errors quote what
    /// devices change.</summary>
    private static MessageKey OfIcmp(ReadOnlySpan<byte> message)
    {
        const int sequenceOffset = 6;
        if (message.Length <= sequenceOffset || message[0] is not (0 or 8 or 128 or 129))
            return default;
        var compared = message[sequenceOffset..Math.Min(message.Length, ComparedBytes)];
        return new MessageKey(ContentDigest.Of(compared, (uint)Kind.Echo), 0);
    }

    private static ulong? OfMessage(in DecodedPacket packet, ReadOnlySpan<byte> payload, out Kind kind)
    {
        kind = Kind.Stun;
        if (payload.Length >= StunMessage.HeaderLength && StunMessage.MayBeginWith(payload[0])
            && StunMessage.HasCookieAt(payload))
            return ContentDigest.Continue(ContentDigest.Basis ^ (ulong)BinaryPrimitives.ReadUInt16BigEndian(payload),
                payload[StunMessage.CookieEnd..StunMessage.HeaderLength]);
        kind = Kind.Dns;
        if (packet.SourcePort == DnsPort || packet.DestinationPort == DnsPort)
            return OfDns(payload);
        kind = Kind.Sip;
        if (payload[0] is >= (byte)'A' and <= (byte)'Z' && SipMessage.TryParse(payload, out var sip, out _)
            && !sip.CallId.IsEmpty)
            return OfSip(sip);
        kind = Kind.Rtp;
        return payload.Length >= RtpHeaderLength && payload[0] >> 6 == 2
            ? ContentDigest.Continue(ContentDigest.Basis, payload[..RtpHeaderLength])
            : null;
    }

    /// <summary>Identifier, response bit, and question in lower case: some devices change its case.</summary>
    private static ulong? OfDns(ReadOnlySpan<byte> payload)
    {
        if (!DnsMessage.TryParse(payload, DnsDialect.Unicast, out var message, out _) || message.QuestionCount != 1)
            return null;
        var question = payload[DnsMessage.HeaderLength..];
        var end = question.IndexOf((byte)0);
        if (end < 0 || question.Length < end + QuestionTail)
            return null;
        var digest = ContentDigest.Continue(ContentDigest.Basis, [(byte)(message.IsResponse ? 1 : 0), .. payload[..2]]);
        digest = SessionKey.With(digest, question[..end]);
        return ContentDigest.Continue(digest, question.Slice(end, QuestionTail));
    }

    private static ulong OfSip(in SipMessage message)
    {
        var digest = ContentDigest.Continue(ContentDigest.Basis ^ (ulong)(uint)message.StatusCode, message.CallId);
        return ContentDigest.Continue(digest, message.Sequence);
    }
}
