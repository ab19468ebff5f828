using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Msmq;

/// <summary>Recognises Message Queuing: over TCP the binary protocol by its base header ([MS-MQQB] 2.2, [MS-MQMQ]
/// 2.2.19.1), over UDP its ping ([MS-MQQB] 2.2.7). Both sides send the same packets, so nothing shows the
/// client.</summary>
internal sealed class MsmqRecogniser : IRecogniser
{
    private const int PingLength = 24;

    /// <summary>Signature 0x5548, little-endian, after the flags.</summary>
    private const ushort PingSignature = 0x5548;

    /// <summary>The two defined flags, RC and RF; others may be set, but hardly ever are.</summary>
    private const ushort PingFlags = 0x0003;
    private const int CookieOffset = 4;
    private const int CookieLength = 4;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new TwoSidedMatch(Weigh(conversation.FromOriginator),
                Weigh(conversation.FromResponder)).Answer(conversation.Transport, ref recognition);
        return conversation.Transport == IpProtocol.Udp
            ? RecognisePing(conversation, ref recognition)
            : RecogniserAnswer.NoMatch;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        if (MsmqBaseHeader.TryParse(stream, out _, out var error))
            return SideMatch.EitherSide;
        return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
    }

    private static RecogniserAnswer RecognisePing(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var datagram = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!IsPing(datagram, datagram.Length))
            return RecogniserAnswer.NoMatch;
        if (IsAnswer(datagram, isFromOriginator, conversation.Earlier))
        {
            recognition.Client = isFromOriginator ? ClientSide.Responder : ClientSide.Originator;
            return RecogniserAnswer.Match;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(datagram) & ~PingFlags) == 0
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    private static bool IsPing(ReadOnlySpan<byte> datagram, int length) =>
        length == PingLength && BinaryPrimitives.ReadUInt16LittleEndian(datagram[2..]) == PingSignature;

    /// <summary>True when the other side sent a ping with the same cookie before.</summary>
    private static bool IsAnswer(ReadOnlySpan<byte> datagram, bool isFromOriginator, DatagramHistory earlier)
    {
        var cookie = datagram.Slice(CookieOffset, CookieLength);
        for (var i = 0; i < earlier.Count; i++)
        {
            var ping = earlier[i];
            if (ping.IsFromOriginator != isFromOriginator && IsPing(ping.Head, ping.Length)
                && ping.Head.Slice(CookieOffset, CookieLength).SequenceEqual(cookie))
                return true;
        }

        return false;
    }
}
