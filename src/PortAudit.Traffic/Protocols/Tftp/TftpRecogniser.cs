using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Tftp;

/// <summary>Recognises TFTP (RFC 1350). A request with its mode is proof. The transfer uses two new ports (§4), where
/// proof is a block and its acknowledgment, or three consecutive blocks if only one direction was captured. The
/// responder opens that flow, so no client is named there.</summary>
internal sealed class TftpRecogniser : IRecogniser
{
    /// <summary>Consecutive blocks, including the current one, that prove a one-way capture of a transfer.</summary>
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

    /// <summary>A block's acknowledgment, or the block after an acknowledged one; a negotiated window (RFC 7440) omits
    /// acknowledgments, but keeps their order.</summary>
    private static bool IsReaction(TftpOpcode opcode, TftpOpcode before, ushort gap) => (opcode, before, gap) switch
    {
        (TftpOpcode.Acknowledgement, TftpOpcode.Data, 0) => true,
        (TftpOpcode.Data, TftpOpcode.Acknowledgement, 1) => true,
        _ => false,
    };

    /// <summary>Parses an earlier packet of fixed form, from its start.</summary>
    private static bool TryRead(EarlierDatagram datagram, out TftpPacket packet)
    {
        var isSound = TftpPacket.TryParse(datagram.Head, out packet, out _);
        return isSound && (packet.Opcode == TftpOpcode.Data
            || (packet.Opcode == TftpOpcode.Acknowledgement && datagram.Length == TftpPacket.HeaderLength));
    }
}
