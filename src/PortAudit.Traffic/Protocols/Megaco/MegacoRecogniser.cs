using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Megaco;

/// <summary>Recognises text Megaco (H.248) by the start of a message (RFC 3525 annex B.2): <c>MEGACO/1</c> or
/// <c>!/1</c>, then the sender's address or name; over UDP, and in TPKT packets over TCP (annex D.2). Either side sends
/// requests.</summary>
internal sealed class MegacoRecogniser : IRecogniser
{
    /// <summary>White space before the message at most.</summary>
    private const int MaximumSpace = 16;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) =>
        first is (byte)'M' or (byte)'!' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        TwoSidedMatch sides;
        if (conversation.Transport == IpProtocol.Udp)
            sides = new(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder));
        else if (conversation.Transport == IpProtocol.Tcp)
            sides = new(WeighStream(conversation.FromOriginator), WeighStream(conversation.FromResponder));
        else
            return RecogniserAnswer.NoMatch;
        return sides.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!TpktPacket.TryParse(bytes, out var packet, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        if (packet.Payload.IsEmpty)
            return packet.IsCut ? SideMatch.Partial : SideMatch.Mismatch;
        var evidence = Weigh(packet.Payload);
        return evidence == SideMatch.Partial && !packet.IsCut ? SideMatch.Mismatch : evidence;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        var message = bytes.TrimStart(" \t\r\n"u8);
        if (bytes.Length - message.Length > MaximumSpace)
            return SideMatch.Mismatch;
        var evidence = WeighFront(message, "MEGACO/"u8);
        return evidence == SideMatch.Mismatch ? WeighFront(message, "!/"u8) : evidence;
    }

    /// <summary>A version digit, white space, then <c>[</c> of an address or <c>&lt;</c> of a name.</summary>
    private static SideMatch WeighFront(ReadOnlySpan<byte> message, ReadOnlySpan<byte> token)
    {
        var common = message.CommonPrefixLength(token);
        if (common < token.Length)
            return common == message.Length ? SideMatch.Partial : SideMatch.Mismatch;
        var rest = message[token.Length..];
        if (rest.IsEmpty)
            return SideMatch.Partial;
        if (!char.IsAsciiDigit((char)rest[0]))
            return SideMatch.Mismatch;
        var sender = rest[1..].TrimStart(" \t\r\n"u8);
        if (sender.IsEmpty)
            return rest.Length <= MaximumSpace ? SideMatch.Partial : SideMatch.Mismatch;
        return sender[0] is (byte)'[' or (byte)'<' && sender.Length < rest.Length - 1
            ? SideMatch.EitherSide
            : SideMatch.Mismatch;
    }
}
