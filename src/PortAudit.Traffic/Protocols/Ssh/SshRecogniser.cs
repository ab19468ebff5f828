using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Ssh;

/// <summary>Recognises SSH over TCP by either side's identification string (RFC 4253 §4.2, <c>1.99</c> by §5.1,
/// <c>1.5</c> of the old protocol). Both sides send the same form; only preceding lines, allowed for the server alone,
/// show who is the client.</summary>
internal sealed class SshRecogniser : IRecogniser
{
    /// <summary>Bytes of other lines before a server's identification string. RFC 4253 sets no limit; a screenful is
    /// enough.</summary>
    public const int MaximumPreamble = 2048;

    private static ReadOnlySpan<byte> Marker => "SSH-"u8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(
            Weigh(conversation.FromOriginator, conversation.FromResponder),
            Weigh(conversation.FromResponder, conversation.FromOriginator));
        return sides.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> other)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (bytes[0] == Marker[0])
        {
            var evidence = WeighIdentification(bytes);
            if (evidence != SideMatch.Mismatch)
                return evidence;
        }

        // Follow prose only while the other side, presumably the client, shows no other protocol.
        return other.IsEmpty || other[0] == Marker[0] ? WeighPreamble(bytes) : SideMatch.Mismatch;
    }

    private static SideMatch WeighIdentification(ReadOnlySpan<byte> bytes)
    {
        var evidence = WeighVersion(bytes, "SSH-2.0-"u8);
        if (evidence == SideMatch.Mismatch)
            evidence = WeighVersion(bytes, "SSH-1.99-"u8);
        return evidence == SideMatch.Mismatch ? WeighVersion(bytes, "SSH-1.5-"u8) : evidence;
    }

    private static SideMatch WeighVersion(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> version)
    {
        var common = bytes.CommonPrefixLength(version);
        if (common == version.Length)
            return SideMatch.EitherSide;
        return common == bytes.Length ? SideMatch.Partial : SideMatch.Mismatch;
    }

    /// <summary>Complete lines of prose, optionally followed by the identification string.</summary>
    private static SideMatch WeighPreamble(ReadOnlySpan<byte> bytes)
    {
        var limit = Math.Min(bytes.Length, MaximumPreamble);
        var start = 0;
        while (start < limit)
        {
            var length = bytes[start..limit].IndexOfAnyExcept(Ascii.LineCharacters);
            if (length < 0)
                break;
            var end = start + length;
            if (bytes[end] == '\r' && end + 1 < limit)
                end++;
            if (bytes[end] is not ((byte)'\n' or (byte)'\r'))
                return SideMatch.Mismatch;
            start = end + 1;
            if (start < bytes.Length && bytes[start] == Marker[0]
                && WeighIdentification(bytes[start..]) == SideMatch.EitherSide)
                return SideMatch.Reply;
        }

        return bytes.Length < MaximumPreamble ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
