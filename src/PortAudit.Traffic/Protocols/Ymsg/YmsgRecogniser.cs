using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Ymsg;

/// <summary>Recognises Yahoo Messenger: a 20-byte header beginning with <c>YMSG</c>, with version, vendor, length,
/// service, status and session, and a body of keys and values separated by C0 80. Both sides send the same
/// form.</summary>
internal sealed class YmsgRecogniser : TwoSidedRecogniser
{
    private const int HeaderLength = 20;

    /// <summary>Highest version: 0x13 in the last clients; some wrote it into the first byte.</summary>
    private const int MaximumVersion = 0x20;

    private static ReadOnlySpan<byte> Marker => "YMSG"u8;

    private static ReadOnlySpan<byte> Separator => [0xC0, 0x80];

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        var common = bytes.CommonPrefixLength(Marker);
        if (common < Marker.Length)
            return common == bytes.Length ? SideMatch.Partial : SideMatch.Mismatch;
        if (bytes.Length < HeaderLength)
            return SideMatch.Partial;
        var version = Math.Max(bytes[4], bytes[5]);
        if (Math.Min(bytes[4], bytes[5]) != 0 || version > MaximumVersion)
            return SideMatch.Mismatch;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
        var body = bytes[HeaderLength..];
        if (length == 0)
            return SideMatch.EitherSide;
        if (body.Length < length)
            return body.IndexOf(Separator) > 0 ? SideMatch.EitherSide : SideMatch.Partial;
        return body[..length].IndexOf(Separator) > 0 ? SideMatch.EitherSide : SideMatch.Mismatch;
    }
}
