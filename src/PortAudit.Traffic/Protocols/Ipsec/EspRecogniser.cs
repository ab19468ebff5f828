using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Ipsec;

/// <summary>
/// Recognises ESP inside UDP (RFC 3948 §2.1). Behind a message of IKE with the marker of the shared port whatever lacks
/// it is ESP (§2.2). Where no IKE was seen on the same ports only several packets of one direction prove it, by their
/// steady SPI and rising sequence number (RFC 4303 §2.1 and §2.2), and by the length of all packets of both directions.
/// Nothing in them tells the client.
/// </summary>
/// <remarks>
/// Others number what they encrypt, too: four steady bytes, a counter, noise. Of those whose lengths are any, one
/// session in 64 has three packets that are aligned as ESP's are, and is taken for it on port 4500, where RFC 3948 has
/// it; elsewhere six packets are asked for, which one session in 4,096 has. A protocol all of whose packets are a
/// multiple of four bytes long cannot be told from it.
/// </remarks>
internal sealed class EspRecogniser : IRecogniser
{
    /// <summary>SPI and sequence number, an initialisation vector or counter of 8 bytes, a block of 4 with the trailer,
    /// an integrity value of 8 (RFC 4303 §2).</summary>
    private const int LeastLength = 28;

    /// <summary>The trailer is aligned to words of four bytes (RFC 4303 §2.4), and so is all else.</summary>
    private const int Alignment = 4;

    private const int SpiLength = 4;
    private const int SequenceLength = 4;

    /// <summary>SPIs below are reserved (RFC 4303 §2.1). Zeros mark a message of IKE (RFC 3948 §2.2).</summary>
    private const uint FirstSpi = 256;

    /// <summary>Port on which IKE and ESP share UDP (RFC 3948 §2.1).</summary>
    private const ushort SharedPort = 4500;

    /// <summary>Rises that prove it on other ports: six packets.</summary>
    private const int ProvingRisesElsewhere = 5;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !MayBeEsp(datagram.Payload, datagram.Payload.Length, datagram.IsWhole) || NamesPeer(datagram.Payload))
            return RecogniserAnswer.NoMatch;
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (IsMarkedIke(earlier.Head))
                return RecogniserAnswer.Match;
            if (earlier.Length >= LeastLength && !IsIke(earlier.Head)
                && !MayBeEsp(earlier.Head, earlier.Length, earlier.IsWhole))
                return RecogniserAnswer.NoMatch;
        }

        var isAtHome = conversation.OriginatorPort == SharedPort || conversation.ResponderPort == SharedPort;
        var asked = isAtHome ? CounterTrail.ProvingRises : ProvingRisesElsewhere;
        return CounterTrail.CountRises(datagram, SpiLength, SequenceLength) >= asked
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    /// <summary>Length and the two first fields. Sequence numbers begin with 1 and end before they come round to 0 (RFC
    /// 4303 §3.3.3).</summary>
    private static bool MayBeEsp(ReadOnlySpan<byte> head, int length, bool isWhole)
    {
        if (length < LeastLength || (isWhole && length % Alignment != 0))
            return false;
        return BinaryPrimitives.ReadUInt32BigEndian(head) >= FirstSpi
            && BinaryPrimitives.ReadUInt32BigEndian(head[SpiLength..]) != 0;
    }

    private static bool IsIke(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32BigEndian(head) == 0;

    private static bool IsMarkedIke(ReadOnlySpan<byte> head) => IsakmpHeader.LengthOfMarker(head) is > 0 and var marker
        && IsakmpHeader.TryParse(head[marker..], out _, out _);

    /// <summary>Operation 9 of OpenVPN in the upper five bits, then the number of a peer: its data packets have a
    /// rising number, too.</summary>
    private static bool NamesPeer(ReadOnlySpan<byte> payload) =>
        payload is [>= 0x48 and <= 0x4F, 0, ..] or [>= 0x48 and <= 0x4F, 0xFF, 0xFF, 0xFF, ..];
}
