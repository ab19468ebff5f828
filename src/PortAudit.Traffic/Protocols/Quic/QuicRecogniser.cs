using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>Recognises QUIC by a long header of a version in use, by version negotiation (RFC 9000 §17.2), or by Google
/// QUIC's header, which is then the service. Short headers, used after the handshake, are not recognisable.</summary>
internal sealed class QuicRecogniser : IRecogniser
{
    /// <summary>Minimum length of a client's first datagram (RFC 9000 §14.1); a reserved version requires it.</summary>
    private const int LeastInitialDatagram = 1200;

    private const int VersionLength = 4;
    private const int RetryTagLength = 16;
    private const byte FixedBit = 0x40;
    private const string Google = "gquic";

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => QuicLongHeader.MayBeginWith(first) || GoogleQuicHeader.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        var isGoogle = false;
        var evidence = Weigh(bytes, conversation.IsWhole, ref isGoogle);
        if (evidence != SideMatch.Mismatch && isGoogle)
        {
            recognition.Service = Google;
            recognition.ServiceBasis = IdentificationBasis.Payload;
        }

        return TwoSidedMatch.OfDatagram(isFromOriginator, evidence).Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isWhole, ref bool isGoogle)
    {
        if (GoogleQuicHeader.TryParse(bytes, out var google, out _))
        {
            isGoogle = true;
            return google.IsReset || (isWhole && google.IsNegotiation) ? SideMatch.Reply : SideMatch.Request;
        }

        if (!QuicLongHeader.TryParse(bytes, out var header, out _))
            return SideMatch.Mismatch;
        if (header.Version == QuicVersion.Negotiation)
            return WeighNegotiation(header, isWhole);
        var isReserved = QuicVersion.IsReserved(header.Version) && bytes.Length >= LeastInitialDatagram;
        if ((header.First & FixedBit) == 0 || !(QuicVersion.IsKnown(header.Version) || isReserved))
            return SideMatch.Mismatch;
        isGoogle = QuicVersion.IsGoogle(header.Version);
        return isReserved || !QuicVersion.HasInitialOfTheStandard(header.Version)
            ? SideMatch.EitherSide
            : WeighPacket(header, isWhole);
    }

    private static SideMatch WeighNegotiation(QuicLongHeader header, bool isWhole)
    {
        var versions = header.Rest;
        if (versions.Length < VersionLength || (isWhole && versions.Length % VersionLength != 0))
            return SideMatch.Mismatch;
        var first = BinaryPrimitives.ReadUInt32BigEndian(versions);
        return QuicVersion.IsKnown(first) || QuicVersion.IsReserved(first) ? SideMatch.Reply : SideMatch.Mismatch;
    }

    private static SideMatch WeighPacket(QuicLongHeader header, bool isWhole)
    {
        var rest = header.Rest;
        var kind = header.Kind;
        if (kind == QuicPacketKind.Retry)
            return rest.Length >= RetryTagLength || !isWhole ? SideMatch.Reply : SideMatch.Mismatch;
        var side = kind == QuicPacketKind.ZeroRoundTrip ? SideMatch.Request : SideMatch.EitherSide;
        if (kind == QuicPacketKind.Initial)
        {
            if (!QuicInteger.TryTake(ref rest, out var token) || token > (ulong)rest.Length)
                return isWhole ? SideMatch.Mismatch : side;
            rest = rest[(int)token..];

            // A server's token is empty (RFC 9000 §17.2.2); a client's destination id is not, unless the server chose
            // an empty one.
            if (token > 0)
                side = SideMatch.Request;
            else if (header.DestinationIdLength == 0)
                side = SideMatch.Reply;
        }

        var isSound = QuicInteger.TryTake(ref rest, out var length) && length <= (ulong)rest.Length;
        return isSound || !isWhole ? side : SideMatch.Mismatch;
    }
}
