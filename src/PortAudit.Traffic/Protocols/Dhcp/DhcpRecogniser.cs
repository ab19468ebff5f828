using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>
/// Recognises DHCP and BOOTP over UDP by their fixed part. A message without a DHCP type is service <c>bootp</c>.
/// Service <c>binl</c> is the dialogue with a boot server that follows the lease of an address (RFC 4578 §2;
/// Microsoft's Boot Information Negotiation Layer, port 4011): a class identifier of PXE, and a client that has its
/// address already. A PXE client that still asks for one is plain DHCP.
/// </summary>
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
