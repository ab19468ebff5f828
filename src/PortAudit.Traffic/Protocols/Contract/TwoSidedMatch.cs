using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Match of both directions of a conversation with one protocol.</summary>
/// <param name="Originator">Match of <see cref="Conversation.FromOriginator"/>.</param>
/// <param name="Responder">Match of <see cref="Conversation.FromResponder"/>.</param>
internal readonly record struct TwoSidedMatch(SideMatch Originator, SideMatch Responder)
{
    /// <summary>True when a reply proves the protocol whatever the other direction shows, because no client of another
    /// protocol gets such replies; in a stream joined in the middle, the other direction may be inside a
    /// message.</summary>
    public bool RepliesProve { get; init; }

    /// <summary>The match of a datagram, which has one direction only.</summary>
    public static TwoSidedMatch OfDatagram(bool isFromOriginator, SideMatch evidence) =>
        isFromOriginator
            ? new TwoSidedMatch(evidence, SideMatch.NoData)
            : new TwoSidedMatch(SideMatch.NoData, evidence);

    /// <summary>The decision for both directions; sets the client in <paramref name="recognition"/> on a match. A
    /// request alone is proof. A reply or banner is proof, unless <see cref="RepliesProve"/>, only if the other
    /// direction does not contradict: an HTTP error page answering a TLS hello does not make the flow HTTP. A datagram
    /// is complete, so never waits for more.</summary>
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
