using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Tftp;

/// <summary>
/// Recognises TFTP (RFC 1350). A request with its mode proves it. The transfer runs between two new ports (§4), where
/// single packets prove nothing: there a block and its acknowledgement do, or three blocks in sequence where one
/// direction alone was captured. The end that answers a request opens that flow, so no client is named there.
/// </summary>
internal sealed class TftpRecogniser : IRecogniser
{
    /// <summary>Blocks in a row, the present one among them, that prove a transfer of which one direction is
    /// seen.</summary>
    private const int EnoughBlocks = 3;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 0;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        if (!TftpPacket.TryParse(isFromOriginator ? conversation.FromOriginator : conversation.FromResponder,
            out var packet, out _))
            return RecogniserAnswer.NoMatch;
        switch (packet.Opcode)
        {
            case TftpOpcode.Read or TftpOpcode.Write:
                recognition.Client = isFromOriginator ? ClientSide.Originator : ClientSide.Responder;
                return RecogniserAnswer.Match;
            case TftpOpcode.OptionAcknowledgement:
                return RecogniserAnswer.Match;
            case TftpOpcode.Error:
                recognition.Strength = MatchStrength.Shape;
                return RecogniserAnswer.Match;
            default:
                return Follows(packet, conversation.Earlier, isFromOriginator)
                    ? RecogniserAnswer.Match
                    : RecogniserAnswer.NeedMoreData;
        }
    }

    private static bool Follows(TftpPacket packet, DatagramHistory earlier, bool isFromOriginator)
    {
        var blocks = 1;
        for (var i = earlier.Count - 1; i >= 0; i--)
        {
            if (!TryRead(earlier[i], out var before))
                continue;
            var gap = (ushort)(packet.Block - before.Block);
            if (earlier[i].IsFromOriginator != isFromOriginator && IsReaction(packet.Opcode, before.Opcode, gap))
                return true;
            if (earlier[i].IsFromOriginator == isFromOriginator && packet.Opcode == TftpOpcode.Data
                && before.Opcode == TftpOpcode.Data && gap == blocks)
                blocks++;
        }

        return blocks >= EnoughBlocks;
    }

    /// <summary>A block acknowledged, or the block after one that was acknowledged; a negotiated window (RFC 7440)
    /// leaves out acknowledgements, not their order.</summary>
    private static bool IsReaction(TftpOpcode opcode, TftpOpcode before, ushort gap) => (opcode, before, gap) switch
    {
        (TftpOpcode.Acknowledgement, TftpOpcode.Data, 0) => true,
        (TftpOpcode.Data, TftpOpcode.Acknowledgement, 1) => true,
        _ => false,
    };

    /// <summary>Reads an earlier packet of a fixed form; its head is enough.</summary>
    private static bool TryRead(EarlierDatagram datagram, out TftpPacket packet)
    {
        var isSound = TftpPacket.TryParse(datagram.Head, out packet, out _);
        return isSound && (packet.Opcode == TftpOpcode.Data
            || (packet.Opcode == TftpOpcode.Acknowledgement && datagram.Length == TftpPacket.HeaderLength));
    }
}
