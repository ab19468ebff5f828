namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Recognises one application protocol by its bytes, on any port. Implementations hold no state and never throw,
/// whatever the bytes; they are called only while a flow is undecided, and only for the transport under which the
/// registry row names them: one that stands under a single transport need not check it.
/// </summary>
public interface IRecogniser
{
    /// <summary>
    /// Looks at the start of a conversation. <see cref="RecogniserAnswer.NeedMoreData"/> is for bytes that agree with
    /// the protocol as far as they go; an implementation must come to an answer within
    /// <see cref="Conversation.MaximumStreamLength"/> bytes of each direction.
    /// </summary>
    RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition);

    /// <summary>
    /// False for a byte with which no datagram of the protocol begins: the answer to one that does is
    /// <see cref="RecogniserAnswer.NoMatch"/>, so the recogniser is not asked. Of most datagrams whose protocol nobody
    /// knows this spares the asking of two recognisers in three. Streams are always shown.
    /// </summary>
    bool MayBeginWith(byte first) => true;

    /// <summary>
    /// Streams: true when every first answer of a server is known, so that another one shows that it did not accept the
    /// request: shown alone, it is <see cref="RecogniserAnswer.NoMatch"/>.
    /// </summary>
    bool KnowsReplies => false;
}
