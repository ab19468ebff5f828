namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Recognises a protocol by each direction separately, in a stream or datagram.</summary>
internal abstract class TwoSidedRecogniser : IRecogniser
{
    /// <inheritdoc />
    public virtual RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(
            EvidenceOf(conversation.FromOriginator), EvidenceOf(conversation.FromResponder))
        {
            RepliesProve = RepliesProve,
        };
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && recognition.Client == ClientSide.Originator)
            FollowIntoTls(conversation.FromOriginator, conversation.FromResponder, isForward: true, ref recognition);
        else if (answer == RecogniserAnswer.Match && recognition.Client == ClientSide.Responder)
            FollowIntoTls(conversation.FromResponder, conversation.FromOriginator, isForward: false, ref recognition);
        return answer;
    }

    /// <inheritdoc />
    public virtual bool MayBeginWith(byte first) => true;

    /// <inheritdoc />
    public virtual bool KnowsReplies => RepliesProve;

    /// <summary>See <see cref="TwoSidedMatch.RepliesProve"/>.</summary>
    protected virtual bool RepliesProve => false;

    /// <summary>Examines the bytes of one direction, at least one.</summary>
    protected abstract SideMatch Weigh(ReadOnlySpan<byte> bytes);

    /// <summary>Looks in a conversation that was recognised, with its client, for the handshake of TLS. Most protocols
    /// never go over to it.</summary>
    /// <param name="client">What the client sent.</param>
    /// <param name="server">What the server sent.</param>
    /// <param name="isForward">True when the client is the presumed originator.</param>
    /// <param name="recognition">Takes where TLS begins, or that more is wanted.</param>
    protected virtual void FollowIntoTls(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
    }

    private SideMatch EvidenceOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? SideMatch.NoData : Weigh(bytes);
}
