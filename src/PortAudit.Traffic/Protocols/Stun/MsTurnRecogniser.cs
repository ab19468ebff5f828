using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Recognises Microsoft's TURN ([MS-TURN]): over UDP by the cookie attribute at the start of every message;
/// over TCP by the pseudo-TLS handshake or by four-byte frames after it or alone: type 2 with a TURN message, type 3
/// with peer data.</summary>
internal sealed class MsTurnRecogniser : IRecogniser
{
    private const int FrameHeaderLength = 4;
    private const byte ControlFrame = 2;
    private const byte DataFrame = 3;

    /// <summary>Data indication, whose type has the class bits of an error response ([MS-TURN] 2.2.1).</summary>
    private const ushort DataIndication = 0x0115;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => StunMessage.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        TwoSidedMatch sides;
        if (conversation.Transport == IpProtocol.Udp)
            sides = new(WeighDatagram(conversation.FromOriginator), WeighDatagram(conversation.FromResponder));
        else if (conversation.Transport == IpProtocol.Tcp)
            sides = new(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder))
            { RepliesProve = true };
        else
            return RecogniserAnswer.NoMatch;
        return sides.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch WeighDatagram(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        var isMessage = StunMessage.TryParse(bytes, out var message, out _) && message.IsMicrosoft
            && message.TotalLength >= bytes.Length;
        return isMessage ? SideOf(message) : SideMatch.Mismatch;
    }

    private static SideMatch WeighStream(ReadOnlySpan<byte> bytes)
    {
        var hello = MsTurnPseudoTls.Weigh(bytes);
        return hello == SideMatch.Mismatch ? WeighFrame(bytes) : hello;
    }

    /// <summary>The first frame. A data frame resembles a TPKT packet (RFC 1006 §6), so it must contain a connectivity
    /// check, the first message between peers ([MS-ICE2]).</summary>
    private static SideMatch WeighFrame(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is not (ControlFrame or DataFrame) || (bytes.Length > 1 && bytes[1] != 0))
            return SideMatch.Mismatch;
        if (bytes.Length < FrameHeaderLength)
            return SideMatch.Partial;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (!StunMessage.TryParse(bytes[FrameHeaderLength..], out var message, out var error))
            return error == ParseError.Incomplete && length >= StunMessage.HeaderLength
                ? SideMatch.Partial
                : SideMatch.Mismatch;
        if (message.TotalLength != length)
            return SideMatch.Mismatch;
        if (bytes[0] == DataFrame)
            return message.HasCookie ? SideMatch.EitherSide : SideMatch.Mismatch;
        if (message.MayBeMicrosoft)
            return SideMatch.Partial;
        return message.IsMicrosoft ? SideOf(message) : SideMatch.Mismatch;
    }

    private static SideMatch SideOf(StunMessage message)
    {
        if (message.Type == DataIndication)
            return SideMatch.Reply;
        return message.Class is StunClass.Request or StunClass.Indication ? SideMatch.Request : SideMatch.Reply;
    }
}
