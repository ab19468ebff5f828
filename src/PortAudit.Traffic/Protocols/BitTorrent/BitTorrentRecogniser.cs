using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>Recognises BitTorrent in clear over TCP by the name with which a handshake begins (BEP 3). Both ends send
/// it.</summary>
internal sealed class BitTorrentRecogniser : TwoSidedRecogniser
{
    private static ReadOnlySpan<byte> Handshake => "\u0013BitTorrent protocol"u8;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        var common = stream.CommonPrefixLength(Handshake);
        if (common == Handshake.Length)
            return SideMatch.EitherSide;
        return common == stream.Length ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
