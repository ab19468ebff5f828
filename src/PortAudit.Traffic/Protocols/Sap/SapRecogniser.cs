using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Sap;

/// <summary>Recognises SAP over UDP (RFC 2974 §3): a version 1 header and a clear description, beginning with SDP's
/// first line. Sent to a group, never answered.</summary>
internal sealed class SapRecogniser : IRecogniser
{
    private const int HeaderLength = 4;
    private const int WordLength = 4;
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;
    private const byte Version = 1;
    private const byte Ipv6Flag = 0x10;
    private const byte EncryptedOrCompressed = 0x03;

    private static ReadOnlySpan<byte> PayloadType => "application/sdp\0"u8;

    private static ReadOnlySpan<byte> Description => "v=0"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first >> 5 == Version;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        if (!IsAnnouncement(isFromOriginator ? conversation.FromOriginator : conversation.FromResponder))
            return RecogniserAnswer.NoMatch;
        recognition.Client = isFromOriginator ? ClientSide.Originator : ClientSide.Responder;
        return RecogniserAnswer.Match;
    }

    private static bool IsAnnouncement(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || bytes[0] >> 5 != Version || (bytes[0] & EncryptedOrCompressed) != 0)
            return false;
        var source = (bytes[0] & Ipv6Flag) != 0 ? Ipv6Length : Ipv4Length;
        var payload = bytes[Math.Min(bytes.Length, HeaderLength + source + bytes[1] * WordLength)..];
        if (payload.StartsWith(PayloadType))
            payload = payload[PayloadType.Length..];
        return payload.Length > Description.Length && payload.StartsWith(Description)
            && payload[Description.Length] is 0x0D or 0x0A;
    }
}
