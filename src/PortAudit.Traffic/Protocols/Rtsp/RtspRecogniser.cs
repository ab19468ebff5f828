using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtsp;

/// <summary>Recognises RTSP 1.0 (RFC 2326) and 2.0 (RFC 7826) by its start line, and in the middle of a connection by
/// three consecutive interleaved media frames.</summary>
internal sealed class RtspRecogniser : TwoSidedRecogniser
{
    private const int FramesOfProof = 3;

    private static ReadOnlySpan<byte> Scheme => "rtsp"u8;

    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => Ascii.MethodCharacters.Contains(first);

    /// <inheritdoc />
    public override bool KnowsReplies => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == '$')
            return WeighFrames(bytes);
        var evidence = WeighLine(bytes, "RTSP/1."u8);
        return evidence == SideMatch.Mismatch ? WeighLine(bytes, "RTSP/2."u8) : evidence;
    }

    private static SideMatch WeighLine(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> version)
    {
        if (!StartLine.TryParse(bytes, version, out var line, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        if (!line.IsRequest)
            return SideMatch.Reply;

        // The playing side may also send requests (ANNOUNCE, SET_PARAMETER) with such a URI. A target without URI is
        // the server itself.
        return line.Target.StartsWith(Scheme) || line.Target.SequenceEqual("*"u8) || line.Target.Contains((byte)':')
            || line.Target[0] == '/' ? SideMatch.Request : SideMatch.Mismatch;
    }

    private static SideMatch WeighFrames(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < FramesOfProof; i++)
        {
            if (i > 0 && bytes.StartsWith("RTSP/"u8))
                return SideMatch.Reply;
            if (!RtspInterleavedFrame.TryParse(bytes, out var frame, out var error))
                return error == ParseError.Incomplete || (i > 0 && IsText(bytes))
                    ? SideMatch.Partial
                    : SideMatch.Mismatch;
            if (frame.TotalLength > bytes.Length)
                return SideMatch.Partial;
            bytes = bytes[frame.TotalLength..];
        }

        return SideMatch.EitherSide;
    }

    /// <summary>A message between frames: it is not read, so frames after it do not count.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes) => "RTSP/"u8.StartsWith(bytes);
}
