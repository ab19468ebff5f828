using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mgcp;

/// <summary>Recognises MGCP over UDP by a command line (RFC 3435 §3.2.1). An answer, a code and a number, proves nothing alone. Gateways and call agents both send commands.</summary>
internal sealed class MgcpRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => char.IsAsciiLetterOrDigit((char)first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Udp)
            return RecogniserAnswer.NoMatch;
        return new Testimony(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder)).Answer(conversation.Transport, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        return MgcpCommand.TryParse(bytes, out _, out _) ? Evidence.Request : Evidence.Foreign;
    }
}
