using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>Recognises CAPWAP between access points and controller (RFC 5415): DTLS after its preamble (§4.2), clear
/// control messages by kind and length (§4.5.1), and wireless frames with packets that fill the datagram (§4.4.2). The
/// access point, which sends discovery, join and configuration requests, is the client.</summary>
internal sealed class CapwapRecogniser : IRecogniser
{
    private const int ControlHeaderLength = 8;

    /// <summary>Bytes of a control header up to its length, which counts from the end of the sequence number.</summary>
    private const int CountedFrom = 5;
    private const int LastControlMessage = 26;

    /// <summary>A data channel keep-alive: length, and the session element (§4.4.1, §4.6.37).</summary>
    private const int KeepAliveLength = 22;
    private const uint SessionElement = 0x0023_0010;

    private const int RecordHeaderLength = 13;

    /// <summary>Version 0, type DTLS, three reserved bytes (§4.2).</summary>
    private static ReadOnlySpan<byte> DtlsPreamble => [1, 0, 0, 0];

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 0 || first == DtlsPreamble[0];

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        if (datagram.Payload.StartsWith(DtlsPreamble))
            return IsRecord(datagram) ? RecogniserAnswer.Match : RecogniserAnswer.NoMatch;
        if (!CapwapHeader.TryParse(datagram.Payload, out var header, out _))
            return RecogniserAnswer.NoMatch;
        if (TryTakeControl(datagram, header.Payload, out var message))
        {
            recognition.Client = message switch
            {
                1 or 3 or 5 => datagram.Sender,
                2 or 4 or 6 => datagram.Receiver,
                _ => ClientSide.Unknown,
            };
            return RecogniserAnswer.Match;
        }

        return header.IsKeepAlive && IsKeepAlive(header.Payload) || IsFrame(header, datagram.IsWhole)
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NoMatch;
    }

    /// <summary>A complete DTLS 1.0 or 1.2 record (RFC 6347 §4.1).</summary>
    private static bool IsRecord(SentDatagram datagram)
    {
        var record = datagram.Payload[DtlsPreamble.Length..];
        return record.Length >= RecordHeaderLength && record is [>= 20 and <= 25, 0xFE, 0xFF or 0xFD, ..]
            && datagram.Holds(DtlsPreamble.Length + RecordHeaderLength
                + BinaryPrimitives.ReadUInt16BigEndian(record[(RecordHeaderLength - sizeof(ushort))..]));
    }

    private static bool TryTakeControl(SentDatagram datagram, ReadOnlySpan<byte> bytes, out uint message)
    {
        message = 0;
        if (bytes.Length < ControlHeaderLength)
            return false;
        message = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var headerLength = datagram.Payload.Length - bytes.Length;
        return message is > 0 and <= LastControlMessage && bytes[ControlHeaderLength - 1] == 0
            && datagram.IsFilledBy(headerLength + CountedFrom
                + BinaryPrimitives.ReadUInt16BigEndian(bytes[CountedFrom..]));
    }

    private static bool IsKeepAlive(ReadOnlySpan<byte> bytes) =>
        bytes.Length == KeepAliveLength && BinaryPrimitives.ReadUInt16BigEndian(bytes) == KeepAliveLength
        && BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]) == SessionElement;

    private static bool IsFrame(CapwapHeader header, bool isWhole)
    {
        if (!header.IsNative)
            return InnerTraffic.IsFrame(header.Payload, isWhole);
        return header.IsIeee80211 && Ieee80211Frame.TryParseInEitherOrder(header.Payload, out var frame, out _)
            && LlcFrame.TryParse(frame.Payload, out var llc, out _)
            && InnerTraffic.Is(llc.EtherType, llc.Payload, isWhole);
    }
}
