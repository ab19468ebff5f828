using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>Recognises BitTorrent's DHT over UDP (BEP 5): a bencoded dictionary with a message type and query
/// arguments, response values beginning with a 20-byte node id, or an error. The querying side is the client.</summary>
internal sealed class DhtRecogniser : IRecogniser
{
    /// <summary>Bytes searched for the message type, which follows the response values: at most a datagram.</summary>
    private const int MaximumSearch = 1500;

    private static ReadOnlySpan<byte> NodeNumber => "d2:id20:"u8;

    private static ReadOnlySpan<byte> Kind => "1:y1:"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 'd';

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || datagram.Payload is not [(byte)'d', >= (byte)'1' and <= (byte)'9', ..])
            return RecogniserAnswer.NoMatch;
        var text = datagram.Payload[..Math.Min(datagram.Payload.Length, MaximumSearch)];
        var kind = KindOf(text, datagram.IsWhole);
        var hasBody = kind == (byte)'e' ? text.IndexOf("1:el"u8) > 0 : text.IndexOf(NodeNumber) > 0;
        if (kind == 0 || !hasBody)
            return RecogniserAnswer.NoMatch;
        recognition.Client = kind == (byte)'q' ? datagram.Sender : datagram.Receiver;
        return RecogniserAnswer.Match;
    }

    /// <summary>The message type letter, 0 without one. If cut off, the message's beginning decides.</summary>
    private static byte KindOf(ReadOnlySpan<byte> text, bool isWhole)
    {
        var at = text.LastIndexOf(Kind);
        if (at > 0 && at + Kind.Length < text.Length)
            return text[at + Kind.Length] is (byte)'q' or (byte)'r' or (byte)'e' ? text[at + Kind.Length] : (byte)0;
        if (isWhole && text.Length < MaximumSearch)
            return 0;
        if (text.StartsWith("d1:ad2:id20:"u8))
            return (byte)'q';
        return text.StartsWith("d1:rd2:id20:"u8) ? (byte)'r' : (byte)0;
    }
}
