using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Ipsec;

/// <summary>Recognises ESP in UDP (RFC 3948 §2.1). After an IKE message with the non-ESP marker, everything without it
/// is ESP (§2.2). Without IKE on the same ports several packets of one direction are needed, with a constant SPI,
/// rising sequence numbers (RFC 4303 §2.1 and §2.2), and aligned lengths in both directions. Nothing shows the
/// client.</summary>
/// <remarks>Other encrypted protocols also have four constant bytes and a counter. If their lengths are random, one
/// session in 64 has three packets aligned like ESP's and is misidentified on port 4500 (RFC 3948); elsewhere six
/// packets are required, one session in 4,096. A protocol with all lengths a multiple of four is
/// indistinguishable.</remarks>
internal sealed class EspRecogniser : IRecogniser
{
    /// <summary>SPI and sequence number, 8 bytes of initialisation vector or counter, a 4-byte block with the trailer,
    /// an 8-byte integrity value (RFC 4303 §2).</summary>
    private const int LeastLength = 28;

    /// <summary>The trailer, and everything else, is aligned to four bytes (RFC 4303 §2.4).</summary>
    private const int Alignment = 4;

    private const int SpiLength = 4;
    private const int SequenceLength = 4;

    /// <summary>Lower SPIs are reserved (RFC 4303 §2.1). Zeros mark IKE (RFC 3948 §2.2).</summary>
    private const uint FirstSpi = 256;

    /// <summary>Port shared by IKE and ESP over UDP (RFC 3948 §2.1).</summary>
    private const ushort SharedPort = 4500;

    /// <summary>Increments needed on other ports: six packets.</summary>
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

    /// <summary>Checks length and first two fields. Sequence numbers start at 1 and never wrap to 0 (RFC 4303
    /// §3.3.3).</summary>
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

    /// <summary>OpenVPN's operation 9 in the upper five bits, then a peer number: its data packets have a rising
    /// number, too.</summary>
    private static bool NamesPeer(ReadOnlySpan<byte> payload) =>
        payload is [>= 0x48 and <= 0x4F, 0, ..] or [>= 0x48 and <= 0x4F, 0xFF, 0xFF, 0xFF, ..];
}
