namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Recognises a protocol by each direction separately, in a stream or datagram.</summary>
internal abstract class TwoSidedRecogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(
            EvidenceOf(conversation.FromOriginator), EvidenceOf(conversation.FromResponder))
        {
            RepliesProve = RepliesProve,
        };
        return sides.Answer(conversation.Transport, ref recognition);
    }

    /// <inheritdoc />
    public virtual bool MayBeginWith(byte first) => true;

    /// <inheritdoc />
    public virtual bool KnowsReplies => RepliesProve;

    /// <summary>See <see cref="TwoSidedMatch.RepliesProve"/>.</summary>
    protected virtual bool RepliesProve => false;

    /// <summary>Examines the bytes of one direction, at least one.</summary>
    protected abstract SideMatch Weigh(ReadOnlySpan<byte> bytes);

    private SideMatch EvidenceOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? SideMatch.NoData : Weigh(bytes);
}
