using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>Recognises BitTorrent's local service discovery over UDP by its request line (BEP 14). There are no replies
/// on the same ports.</summary>
internal sealed class LocalServiceRecogniser : IRecogniser
{
    private static ReadOnlySpan<byte> RequestLine => "BT-SEARCH * HTTP/1.1\r\n"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == RequestLine[0];

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || !datagram.Payload.StartsWith(RequestLine))
            return RecogniserAnswer.NoMatch;
        recognition.Client = datagram.Sender;
        return RecogniserAnswer.Match;
    }
}
