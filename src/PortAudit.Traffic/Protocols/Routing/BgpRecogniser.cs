using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises BGP over TCP by a message header: marker of sixteen bytes of ones, length and type (RFC 4271
/// §4.1). Both sides open alike.</summary>
internal sealed class BgpRecogniser : TwoSidedRecogniser
{
    private const int MarkerLength = 16;
    private const int HeaderLength = 19;
    private const byte LastType = 5;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream[..Math.Min(stream.Length, MarkerLength)].ContainsAnyExcept((byte)0xFF))
            return SideMatch.Mismatch;
        if (stream.Length < HeaderLength)
            return SideMatch.Partial;
        return BinaryPrimitives.ReadUInt16BigEndian(stream[MarkerLength..]) >= HeaderLength
            && stream[HeaderLength - 1] is > 0 and <= LastType ? SideMatch.EitherSide : SideMatch.Mismatch;
    }
}
