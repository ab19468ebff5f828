using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Skinny;

/// <summary>A message about a media stream: an endpoint is open or will be, or the stream is over. Phones report their
/// own endpoints, call managers those to which phones are to send. Layouts as in Wireshark and chan-sccp.</summary>
/// <param name="Stream">Number of the stream (pass-through party) within the connection.</param>
/// <param name="Side">Direction of the stream.</param>
/// <param name="Kind">Kind of media.</param>
/// <param name="Address">Its address; unspecified when the stream is over.</param>
/// <param name="Port">Its port; 0 when the stream is over.</param>
internal readonly record struct SkinnyMedia(uint Stream, SkinnySide Side, string? Kind, IpAddress Address, ushort Port)
{
    private const uint OpenReceiveChannelAck = 0x22;
    private const uint OpenMultiMediaReceiveChannelAck = 0x31;
    private const uint PortResponse = 0x45;
    private const uint StartMediaTransmission = 0x8A;
    private const uint StopMediaTransmission = 0x8B;
    private const uint StartMulticastMediaReception = 0x101;
    private const uint StartMulticastMediaTransmission = 0x102;
    private const uint StopMulticastMediaReception = 0x103;
    private const uint StopMulticastMediaTransmission = 0x104;
    private const uint CloseReceiveChannel = 0x106;
    private const uint StartMultiMediaTransmission = 0x132;
    private const uint StopMultiMediaTransmission = 0x133;
    private const uint CloseMultiMediaReceiveChannel = 0x136;
    private const uint PortClose = 0x14C;
    private const uint StartMediaTransmissionAck = 0x154;
    private const uint StartMultiMediaTransmissionAck = 0x155;

    /// <summary>From this header version an address has a type before it, and room for IPv6.</summary>
    private const uint FirstTypingVersion = 0x11;

    private const string Audio = "audio";
    private const string Video = "video";

    private const int WordLength = 4;

    /// <summary>Offset of the stream number in messages that have it after address and port.</summary>
    private const int StreamBehindEnd = -1;

    public bool IsOver => Port == 0;

    /// <summary>Parses a message; false for other messages, failures, and messages too short for their
    /// version.</summary>
    public static bool TryParse(SkinnyMessage message, out SkinnyMedia media)
    {
        var body = message.Body;
        media = default;
        return message.Id switch
        {
            OpenReceiveChannelAck =>
                IsSuccess(body, 0) && TryReadEnd(message, 1, SkinnySide.Receives, Audio, StreamBehindEnd, out media),
            OpenMultiMediaReceiveChannelAck =>
                IsSuccess(body, 0) && TryReadEnd(message, 1, SkinnySide.Receives, Video, StreamBehindEnd, out media),
            PortResponse => TryReadEnd(message, 3, SkinnySide.Receives, null, 2, out media),
            StartMediaTransmission => TryReadEnd(message, 2, SkinnySide.Sends, Audio, 1, out media),
            StartMulticastMediaReception => TryReadEnd(message, 2, SkinnySide.Receives, Audio, 1, out media),
            StartMulticastMediaTransmission => TryReadEnd(message, 2, SkinnySide.Sends, Audio, 1, out media),
            StartMultiMediaTransmission => TryReadEnd(message, 3, SkinnySide.Sends, Video, 1, out media),
            StartMediaTransmissionAck => TryReadEnd(message, 3, SkinnySide.Sends, Audio, 1, out media),
            StartMultiMediaTransmissionAck => TryReadEnd(message, 3, SkinnySide.Sends, Video, 1, out media),
            CloseReceiveChannel or CloseMultiMediaReceiveChannel or StopMulticastMediaReception =>
                TryReadOver(body, 1, SkinnySide.Receives, out media),
            StopMediaTransmission or StopMultiMediaTransmission or StopMulticastMediaTransmission =>
                TryReadOver(body, 1, SkinnySide.Sends, out media),
            PortClose => TryReadOver(body, 2, SkinnySide.Receives, out media),
            _ => false,
        };
    }

    private static bool IsSuccess(ReadOnlySpan<byte> body, int word) =>
        TryReadWord(body, word, out var status) && status == 0;

    private static bool TryReadOver(ReadOnlySpan<byte> body, int streamAt, SkinnySide side, out SkinnyMedia media)
    {
        var isThere = TryReadWord(body, streamAt, out var stream);
        media = new SkinnyMedia(stream, side, null, default, 0);
        return isThere;
    }

    /// <summary>Reads address and port, after a number of four-byte words, and the stream number.</summary>
    private static bool TryReadEnd(SkinnyMessage message, int addressAt, SkinnySide side, string? kind, int streamAt,
        out SkinnyMedia media)
    {
        media = default;
        var body = message.Body;
        if (!TryReadAddress(message, addressAt, out var address, out var words)
            || !TryReadWord(body, addressAt + words, out var port) || port is 0 or > ushort.MaxValue)
            return false;
        if (!TryReadWord(body, streamAt == StreamBehindEnd ? addressAt + words + 1 : streamAt, out var stream))
            return false;
        media = new SkinnyMedia(stream, side, kind, address, (ushort)port);
        return true;
    }

    /// <summary>Reads an address of either form. Media resources receive the newer form under version 0 as well: its
    /// first word is the type, 0 to 2, which is no valid address.</summary>
    private static bool TryReadAddress(SkinnyMessage message, int at, out IpAddress address, out int words)
    {
        (address, words) = (default, 1);
        var body = message.Body;
        if (!TryReadWord(body, at, out var first))
            return false;
        var text = body[(at * WordLength)..];
        var isTyped = message.Version >= FirstTypingVersion || first <= 2;
        if (!isTyped)
        {
            address = IpAddress.FromIpv4(text[..WordLength]);
            return true;
        }

        words = 5;
        if (text.Length < words * WordLength || first > 1)
            return false;
        address = first == 0
            ? IpAddress.FromIpv4(text[WordLength..(2 * WordLength)])
            : IpAddress.FromIpv6(text[WordLength..(words * WordLength)]);
        return true;
    }

    private static bool TryReadWord(ReadOnlySpan<byte> body, int at, out uint word)
    {
        word = 0;
        if (body.Length < (at + 1) * WordLength)
            return false;
        word = BinaryPrimitives.ReadUInt32LittleEndian(body[(at * WordLength)..]);
        return true;
    }
}
