using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What both directions of a conversation say of one protocol.</summary>
/// <param name="Originator">What <see cref="Conversation.FromOriginator"/> shows.</param>
/// <param name="Responder">What <see cref="Conversation.FromResponder"/> shows.</param>
internal readonly record struct TwoSidedMatch(SideMatch Originator, SideMatch Responder)
{
    /// <summary>
    /// True for a protocol that nobody speaks to a client of another one, so that a reply proves it whatever the other
    /// direction shows: in a stream that was joined in the middle that may be the inside of a message.
    /// </summary>
    public bool RepliesProve { get; init; }

    /// <summary>What a datagram says, which shows one direction alone.</summary>
    public static TwoSidedMatch OfDatagram(bool isFromOriginator, SideMatch evidence) =>
        isFromOriginator
            ? new TwoSidedMatch(evidence, SideMatch.NoData)
            : new TwoSidedMatch(SideMatch.NoData, evidence);

    /// <summary>
    /// The answer that the two directions support, and the client in <paramref name="recognition"/> when it is a match.
    /// A request proves the protocol alone. A reply or a banner proves it, unless <see cref="RepliesProve"/>, only
    /// while the other direction does not contradict it: an HTTP error page that answers a TLS hello does not make the
    /// flow HTTP. A datagram is whole, so it never waits for more.
    /// </summary>
    public RecogniserAnswer Answer(IpProtocol transport, ref Recognition recognition)
    {
        if (Originator == SideMatch.Request || Responder == SideMatch.Request || IsProvedBy(Originator, Responder)
            || IsProvedBy(Responder, Originator))
        {
            recognition.Client = Client;
            return RecogniserAnswer.Match;
        }

        var isHalfSilent = Originator == SideMatch.NoData || Responder == SideMatch.NoData;
        var hasHope = Originator == SideMatch.Partial || Responder == SideMatch.Partial
            || (isHalfSilent && (RepliesProve || Originator == Responder));
        return transport == IpProtocol.Tcp && hasHope ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
    }

    private ClientSide Client => (Originator, Responder) switch
    {
        (SideMatch.Request, SideMatch.Request) or (SideMatch.Reply, SideMatch.Reply) => ClientSide.Unknown,
        (SideMatch.Request, _) or (_, SideMatch.Reply) => ClientSide.Originator,
        (_, SideMatch.Request) or (SideMatch.Reply, _) => ClientSide.Responder,
        _ => ClientSide.Unknown,
    };

    private bool IsProvedBy(SideMatch one, SideMatch other) =>
        one is SideMatch.Reply or SideMatch.EitherSide && (RepliesProve || other != SideMatch.Mismatch);
}
