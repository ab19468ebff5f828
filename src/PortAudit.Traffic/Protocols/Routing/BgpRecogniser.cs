using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises BGP over TCP by the marker of sixteen bytes of ones, the length and the type with which every
/// message begins (RFC 4271 §4.1). Both ends open alike.</summary>
internal sealed class BgpRecogniser : EvidenceRecogniser
{
    private const int MarkerLength = 16;
    private const int HeaderLength = 19;
    private const byte LastType = 5;

    /// <inheritdoc />
    protected override Evidence Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream[..Math.Min(stream.Length, MarkerLength)].ContainsAnyExcept((byte)0xFF))
            return Evidence.Foreign;
        if (stream.Length < HeaderLength)
            return Evidence.Unfinished;
        return BinaryPrimitives.ReadUInt16BigEndian(stream[MarkerLength..]) >= HeaderLength
            && stream[HeaderLength - 1] is > 0 and <= LastType ? Evidence.EitherSide : Evidence.Foreign;
    }
}
