using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>
/// Recognises the distributed hash table of BitTorrent over UDP by its message (BEP 5): a bencoded dictionary with the
/// arguments of a query or the results of a response, which begin with a node's number of 20 bytes, or an error, and
/// the kind of message. Who queries is the client.
/// </summary>
internal sealed class DhtRecogniser : IRecogniser
{
    /// <summary>Bytes in which the kind of message is looked for: it stands behind the results, of which values and
    /// nodes fill a datagram at most.</summary>
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

    /// <summary>The letter of the kind, 0 when there is none. Where the message is cut before it, its beginning
    /// tells.</summary>
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
