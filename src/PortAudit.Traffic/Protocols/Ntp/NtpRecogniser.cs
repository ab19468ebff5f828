using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>
/// Recognises NTP by its header, on UDP port 123 of either end alone: the header has no mark of its own, and servers are bound to that port (RFC 5905
/// §9.1; RFC 9109 frees the client's port only). Where both ends use it, as many clients do, the mode alone says who asks.
/// </summary>
internal sealed class NtpRecogniser : IRecogniser
{
    private const ushort ServerPort = 123;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isOnPort = conversation.OriginatorPort == ServerPort || conversation.ResponderPort == ServerPort;
        if (conversation.Transport != IpProtocol.Udp || !isOnPort)
            return RecogniserAnswer.NoMatch;
        var testimony = new Testimony(Weigh(conversation.FromOriginator, conversation.IsWhole), Weigh(conversation.FromResponder, conversation.IsWhole));
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!NtpMessage.TryParse(bytes, out var message, out _) || (isWhole && bytes.Length % NtpMessage.WordLength != 0))
            return Evidence.Foreign;
        return message.Mode switch
        {
            NtpMode.Client => Evidence.Request,
            NtpMode.Server or NtpMode.SymmetricPassive when message.TransmitTimestamp != 0 => Evidence.Reply,

            // Of two active peers either may have begun; a broadcast answers nobody.
            NtpMode.SymmetricActive or NtpMode.Broadcast when message.TransmitTimestamp != 0 => Evidence.EitherSide,
            _ => Evidence.Foreign,
        };
    }
}
