using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Recognises HTTP/2 without TLS by the client's connection preface (RFC 9113 §3.4). What the server sends first, a SETTINGS frame, proves nothing.</summary>
internal sealed class Http2Recogniser : IRecogniser
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        var testimony = new Testimony(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder));
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        var common = bytes.CommonPrefixLength(Preface);
        if (common == Preface.Length)
            return Evidence.Request;
        return common == bytes.Length ? Evidence.Unfinished : Evidence.Foreign;
    }
}
