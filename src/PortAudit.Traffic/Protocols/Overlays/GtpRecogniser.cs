using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises GTP over UDP: user packets by header (3GPP TS 29.281 §5.1) and inner IP packet, signalling of
/// version 1 (TS 29.060 §6) and 2 (TS 29.274 §5) by header, length and message type. The requester is the client;
/// either tunnel endpoint may be.</summary>
internal sealed class GtpRecogniser : IRecogniser
{
    private const int HeadOfSignalling = 12;

    /// <summary>Version 1, protocol type GTP, sequence number present.</summary>
    private const byte FirstVersion = 0x32;
    private const int LengthExcludedByFirst = 8;

    /// <summary>Version 2, with and without a tunnel endpoint id; 0x10 marks a piggybacked second message.</summary>
    private const byte SecondVersion = 0x40;
    private const byte SecondVersionMask = 0xE7;
    private const byte HasTunnelEnd = 0x08;
    private const int LengthExcludedBySecond = 4;
    private const int ElementHeaderLength = 4;

    /// <summary>Information elements read at most: a create-session request has some thirty.</summary>
    private const int MaximumElements = 64;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) =>
        GtpUserHeader.MayBeginWith(first) || (first & SecondVersionMask) == SecondVersion;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        if (IsUserPacket(datagram))
            return RecogniserAnswer.Match;
        var payload = datagram.Payload;
        if (payload.Length < HeadOfSignalling || !(IsFirst(datagram) || IsSecond(datagram)))
            return RecogniserAnswer.NoMatch;

        // Echo, PDP context and session: tunnel set-up requests and their responses. Others come from either side.
        recognition.Client = payload[1] switch
        {
            1 or 16 or 32 => datagram.Sender,
            2 or 17 or 33 => datagram.Receiver,
            _ => ClientSide.Unknown,
        };
        return RecogniserAnswer.Match;
    }

    private static bool IsUserPacket(SentDatagram datagram) =>
        GtpUserHeader.TryParse(datagram.Payload, out var header, out _)
        && header.MessageType == GtpUserHeader.UserPacket && !header.HasReservedBits
        && datagram.IsFilledBy((long)header.HeaderLength + header.AnnouncedPayloadLength)
        && InnerTraffic.IsIp(header.Payload, datagram.IsWhole);

    /// <summary>Echo, version, error and PDP contexts; the two bytes after the sequence number are unused and 0. An
    /// echo belongs to no tunnel.</summary>
    private static bool IsFirst(SentDatagram datagram)
    {
        var payload = datagram.Payload;
        if (payload[0] != FirstVersion
            || !datagram.IsFilledBy(LengthExcludedByFirst + BinaryPrimitives.ReadUInt16BigEndian(payload[2..]))
            || payload[10] != 0 || payload[11] != 0)
            return false;
        return payload[1] switch
        {
            1 or 2 or 3 => BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) == 0,
            26 or 27 or 30 or 31 or 254 or (>= 16 and <= 21) or (>= 48 and <= 60) => true,
            _ => false,
        };
    }

    private static bool IsSecond(SentDatagram datagram)
    {
        var payload = datagram.Payload;
        var headerLength = (payload[0] & HasTunnelEnd) != 0 ? HeadOfSignalling : HeadOfSignalling - 4;
        if ((payload[0] & SecondVersionMask) != SecondVersion || payload[headerLength - 1] != 0
            || payload[1] is 0 or > 201)
            return false;
        var length = LengthExcludedBySecond + BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        return datagram.IsWhole && length == payload.Length && HoldsWholeElements(payload[headerLength..]);
    }

    /// <summary>Type, length and instance, whose upper half is spare (TS 29.274 §8.2.1), up to the end.</summary>
    private static bool HoldsWholeElements(ReadOnlySpan<byte> elements)
    {
        for (var i = 0; i < MaximumElements && !elements.IsEmpty; i++)
        {
            if (elements.Length < ElementHeaderLength || elements[0] == 0 || elements[3] > 0x0F)
                return false;
            var length = ElementHeaderLength + BinaryPrimitives.ReadUInt16BigEndian(elements[1..]);
            if (length > elements.Length)
                return false;
            elements = elements[length..];
        }

        return elements.IsEmpty;
    }
}
