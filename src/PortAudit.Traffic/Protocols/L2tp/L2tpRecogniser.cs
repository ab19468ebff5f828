using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.L2tp;

/// <summary>Recognises L2TP over UDP: control messages of version 2 or 3 by flags, length and the first attribute, the
/// message type (RFC 2661 §3.1 and §4.4.1, RFC 3931 §3.2.1 and §5.4.1); version 2 data by two packets of a session
/// containing PPP. The connection requester is the client.</summary>
internal sealed class L2tpRecogniser : IRecogniser
{
    /// <summary>Control message with length and sequence; the last digit is the version.</summary>
    private const ushort ControlFlags = 0xC800;
    private const ushort VersionMask = 0x000F;
    private const int ControlLength = 12;
    private const int TypeAttributeLength = 8;

    /// <summary>A mandatory attribute of 8 bytes, vendor 0, number 0; optional in version 3.</summary>
    private const uint TypeAttribute = 0x8008_0000;
    private const ushort LastType = 28;

    private const ushort StartRequest = 1;
    private const ushort StartReply = 2;
    private const ushort StartConnected = 3;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => L2tpHeader.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || datagram.Payload.Length < ControlLength)
            return RecogniserAnswer.NoMatch;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(datagram.Payload);
        if ((flags & ~VersionMask) == ControlFlags && (flags & VersionMask) is 2 or 3)
            return RecogniseControl(datagram, ref recognition);
        return RecogniseData(datagram);
    }

    private static RecogniserAnswer RecogniseControl(SentDatagram datagram, ref Recognition recognition)
    {
        var payload = datagram.Payload;
        var length = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        if (!datagram.IsFilledBy(length) && length != ControlLength)
            return RecogniserAnswer.NoMatch;

        // Without attributes it is an acknowledgment; short frames are padded.
        if (length == ControlLength)
            return datagram.Holds(length) && !payload[ControlLength..].ContainsAnyExcept((byte)0)
                ? RecogniserAnswer.Match
                : RecogniserAnswer.NoMatch;
        if (payload.Length < ControlLength + TypeAttributeLength)
            return RecogniserAnswer.NoMatch;
        var attribute = BinaryPrimitives.ReadUInt32BigEndian(payload[ControlLength..]) | 0x8000_0000;
        var number = BinaryPrimitives.ReadUInt16BigEndian(payload[(ControlLength + 4)..]);
        var type = BinaryPrimitives.ReadUInt16BigEndian(payload[(ControlLength + 6)..]);
        if (attribute != TypeAttribute || number != 0 || type is 0 or > LastType)
            return RecogniserAnswer.NoMatch;
        recognition.Client = type switch
        {
            StartRequest or StartConnected => datagram.Sender,
            StartReply => datagram.Receiver,
            _ => ClientSide.Unknown,
        };
        return RecogniserAnswer.Match;
    }

    private static RecogniserAnswer RecogniseData(SentDatagram datagram)
    {
        if (!IsData(datagram.Payload, out var tunnel, out var session))
            return RecogniserAnswer.NoMatch;
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (!datagram.IsOpposedTo(earlier) && IsData(earlier.Head, out var otherTunnel, out var otherSession)
                && (otherTunnel, otherSession) == (tunnel, session))
                return RecogniserAnswer.Match;
        }

        return RecogniserAnswer.NeedMoreData;
    }

    private static bool IsData(ReadOnlySpan<byte> bytes, out ushort tunnel, out ushort session)
    {
        (tunnel, session) = (0, 0);
        if (!L2tpHeader.TryParse(bytes, out var header, out _) || header.IsControl || header.HasReservedBits
            || !IsPpp(header.Payload))
            return false;
        (tunnel, session) = (header.TunnelId, header.SessionId);
        return true;
    }

    /// <summary>A PPP frame, with or without address and control (RFC 1661 §6.6): IPv4, IPv6, compressed headers and
    /// data, MPLS, network and link control protocols, PAP and CHAP.</summary>
    private static bool IsPpp(ReadOnlySpan<byte> frame)
    {
        if (frame is [0xFF, 0x03, ..])
            frame = frame[2..];
        if (frame is [0x21 or 0x57 or 0xFD, ..])
            return true;
        return frame.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(frame) is 0x0021 or 0x0057 or 0x002D or 0x002F
            or 0x003D or 0x00FD
            or 0x8021 or 0x8057 or 0x80FD or 0xC021 or 0xC023 or 0xC025 or 0xC223 or 0xC227;
    }
}
