using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>Recognises BitTorrent in clear over TCP by the name with which a handshake begins (BEP 3). Both ends send it.</summary>
internal sealed class BitTorrentRecogniser : IRecogniser
{
    private static ReadOnlySpan<byte> Handshake => "\u0013BitTorrent protocol"u8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        return new Testimony(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return Evidence.Silence;
        var common = stream.CommonPrefixLength(Handshake);
        if (common == Handshake.Length)
            return Evidence.EitherSide;
        return common == stream.Length ? Evidence.Unfinished : Evidence.Foreign;
    }
}
