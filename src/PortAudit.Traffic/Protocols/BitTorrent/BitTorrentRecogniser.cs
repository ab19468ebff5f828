using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>Recognises unencrypted BitTorrent over TCP by the protocol name in the handshake (BEP 3), sent by both
/// sides.</summary>
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
