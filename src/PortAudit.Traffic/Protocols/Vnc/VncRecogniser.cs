using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Vnc;

/// <summary>Recognises RFB (VNC) by the version message of either side: <c>RFB 003.008</c> and a line feed (RFC 6143
/// §7.1.1); Apple uses <c>003.889</c>, RealVNC up to <c>005.000</c>. Both sides send the same form.</summary>
internal sealed class VncRecogniser : TwoSidedRecogniser
{
    private const int MajorOffset = 4;
    private const int DotOffset = 7;
    private const int Length = 12;

    private static ReadOnlySpan<byte> Marker => "RFB 00"u8;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        var common = bytes.CommonPrefixLength(Marker);
        if (common < Marker.Length)
            return common == bytes.Length ? SideMatch.Partial : SideMatch.Mismatch;
        for (var i = MajorOffset; i < Math.Min(bytes.Length, Length); i++)
        {
            var isRight = i == DotOffset
                ? bytes[i] == '.'
                : i == Length - 1 ? bytes[i] == '\n' : char.IsAsciiDigit((char)bytes[i]);
            if (!isRight)
                return SideMatch.Mismatch;
        }

        return bytes.Length < Length ? SideMatch.Partial : SideMatch.EitherSide;
    }
}
