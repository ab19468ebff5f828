using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>
/// Recognises Microsoft's TURN ([MS-TURN]): over UDP by the cookie attribute that every message begins with; over TCP
/// by the pseudo-TLS handshake or by the four-byte frames that follow it or stand alone: type 2 with a TURN message,
/// type 3 with the peer's data.
/// </summary>
internal sealed class MsTurnRecogniser : IRecogniser
{
    private const int FrameHeaderLength = 4;
    private const byte ControlFrame = 2;
    private const byte DataFrame = 3;

    /// <summary>Data indication, whose type has the bits of an error response ([MS-TURN] 2.2.1).</summary>
    private const ushort DataIndication = 0x0115;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => StunMessage.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        Testimony testimony;
        if (conversation.Transport == IpProtocol.Udp)
            testimony = new(WeighDatagram(conversation.FromOriginator), WeighDatagram(conversation.FromResponder));
        else if (conversation.Transport == IpProtocol.Tcp)
            testimony = new(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder))
            { RepliesProve = true };
        else
            return RecogniserAnswer.NoMatch;
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence WeighDatagram(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        var isMessage = StunMessage.TryParse(bytes, out var message, out _) && message.IsMicrosoft
            && message.TotalLength >= bytes.Length;
        return isMessage ? SideOf(message) : Evidence.Foreign;
    }

    private static Evidence WeighStream(ReadOnlySpan<byte> bytes)
    {
        var hello = MsTurnPseudoTls.Weigh(bytes);
        return hello == Evidence.Foreign ? WeighFrame(bytes) : hello;
    }

    /// <summary>
    /// The first frame. A data frame begins as a TPKT packet does (RFC 1006 §6), so it counts only with a connectivity
    /// check in it, which is the first thing that peers send each other ([MS-ICE2]).
    /// </summary>
    private static Evidence WeighFrame(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is not (ControlFrame or DataFrame) || (bytes.Length > 1 && bytes[1] != 0))
            return Evidence.Foreign;
        if (bytes.Length < FrameHeaderLength)
            return Evidence.Unfinished;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (!StunMessage.TryParse(bytes[FrameHeaderLength..], out var message, out var error))
            return error == ParseError.Incomplete && length >= StunMessage.HeaderLength
                ? Evidence.Unfinished
                : Evidence.Foreign;
        if (message.TotalLength != length)
            return Evidence.Foreign;
        if (bytes[0] == DataFrame)
            return message.HasCookie ? Evidence.EitherSide : Evidence.Foreign;
        if (message.MayBeMicrosoft)
            return Evidence.Unfinished;
        return message.IsMicrosoft ? SideOf(message) : Evidence.Foreign;
    }

    private static Evidence SideOf(StunMessage message)
    {
        if (message.Type == DataIndication)
            return Evidence.Reply;
        return message.Class is StunClass.Request or StunClass.Indication ? Evidence.Request : Evidence.Reply;
    }
}
