using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Messaging;

/// <summary>Recognises ZeroMQ's ZMTP over TCP by signature and version of the greeting (RFC 23/ZMTP §greeting; RFC
/// 15/ZMTP for version 2), sent by both sides.</summary>
internal sealed class ZmtpRecogniser : TwoSidedRecogniser
{
    private const int SignatureLength = 10;
    private const int PaddingLength = 8;

    /// <summary>FF, padding that version 1 reads as a length, 7F, the major version.</summary>
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream[0] != 0xFF)
            return SideMatch.Mismatch;
        var padding = stream[1..Math.Min(stream.Length, 1 + PaddingLength - 1)];
        if (padding.ContainsAnyExcept((byte)0)
            || (stream.Length >= SignatureLength && stream[SignatureLength - 1] != 0x7F))
            return SideMatch.Mismatch;
        if (stream.Length <= SignatureLength)
            return SideMatch.Partial;
        return stream[SignatureLength] is >= 1 and <= 3 ? SideMatch.EitherSide : SideMatch.Mismatch;
    }
}
