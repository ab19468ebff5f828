using System.Buffers.Binary;
using PortAudit.Traffic.Identification;

namespace PortAudit.Traffic.Protocols.Ipsec;

/// <summary>
/// Recognises ESP inside UDP (RFC 3948 §2.1) where no IKE was seen on the same ports: only several packets of one direction prove it, by their
/// steady SPI and rising sequence number (RFC 4303 §2.1 and §2.2). Nothing in them tells the client.
/// </summary>
internal sealed class EspRecogniser : IRecogniser
{
    /// <summary>SPI and sequence number, an initialisation vector or counter of 8 bytes, a block of 4 with the trailer, an integrity value of 8 (RFC 4303 §2).</summary>
    private const int LeastLength = 28;

    /// <summary>The trailer is aligned to words of four bytes (RFC 4303 §2.4), and so is all else.</summary>
    private const int Alignment = 4;

    private const int SpiLength = 4;
    private const int SequenceLength = 4;

    /// <summary>SPIs below are reserved (RFC 4303 §2.1).</summary>
    private const uint FirstSpi = 256;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || !MayBeEsp(datagram))
            return RecogniserAnswer.NoMatch;
        return CounterTrail.CountRises(datagram, SpiLength, SequenceLength) >= CounterTrail.ProvingRises ? RecogniserAnswer.Match : RecogniserAnswer.NeedMoreData;
    }

    private static bool MayBeEsp(SentDatagram datagram)
    {
        var payload = datagram.Payload;
        if (payload.Length < LeastLength || (datagram.IsWhole && payload.Length % Alignment != 0))
            return false;
        return BinaryPrimitives.ReadUInt32BigEndian(payload) >= FirstSpi && !NamesPeer(payload);
    }

    /// <summary>Operation 9 of OpenVPN in the upper five bits, then the number of a peer: its data packets have a rising number, too.</summary>
    private static bool NamesPeer(ReadOnlySpan<byte> payload) => payload is [>= 0x48 and <= 0x4F, 0, ..] or [>= 0x48 and <= 0x4F, 0xFF, 0xFF, 0xFF, ..];
}
