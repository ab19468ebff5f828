using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Recognises MADCAP (RFC 2730), by which hosts lease multicast addresses: a version, a type, and options that end as they must.</summary>
internal sealed class MadcapRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 0;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Udp)
            return RecogniserAnswer.NoMatch;
        var testimony = new Testimony(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder));
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!MadcapMessage.TryParse(bytes, out var message, out _))
            return Evidence.Foreign;
        return message.IsReply ? Evidence.Reply : Evidence.Request;
    }
}
