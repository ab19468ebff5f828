using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Recognises DHCP and BOOTP over UDP by the fixed part. Without a DHCP type it is service <c>bootp</c>.
/// Service <c>binl</c> is the dialogue with a boot server after the address lease (RFC 4578 §2; Microsoft's Boot
/// Information Negotiation Layer, port 4011): a PXE class identifier, and a client that has an address. A PXE client
/// still requesting one is plain DHCP.</summary>
internal sealed class DhcpRecogniser : IRecogniser
{
    private static ReadOnlySpan<byte> PxeClient => "PXEClient"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is 1 or 2;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        if (!DhcpMessage.TryParse(isFromOriginator ? conversation.FromOriginator : conversation.FromResponder,
            conversation.IsWhole, out var message, out _))
            return RecogniserAnswer.NoMatch;
        recognition.Client = message.IsRequest == isFromOriginator ? ClientSide.Originator : ClientSide.Responder;
        recognition.Service = ServiceOf(message);
        recognition.ServiceBasis = recognition.Service is null ? IdentificationBasis.None : IdentificationBasis.Payload;
        return RecogniserAnswer.Match;
    }

    private static string? ServiceOf(DhcpMessage message)
    {
        if (!message.ReachesOptions)
            return null;
        if (message.Option(DhcpOption.MessageType).IsEmpty)
            return "bootp";
        return message.ClientAddress != 0 && message.Option(DhcpOption.Class).StartsWith(PxeClient) ? "binl" : null;
    }
}
