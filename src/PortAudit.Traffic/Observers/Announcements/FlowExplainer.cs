using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Finds the announcement that explains a flow.</summary>
internal sealed class FlowExplainer(ExpectationTable book, FlowDetailPool details, Func<Flow, ulong> idOf)
{
    /// <summary>What explains a flow that ends or is in a snapshot. An announced endpoint is the responder unless a
    /// stronger basis contradicts or it is a candidate; of a connection only the listening endpoint counts.</summary>
    public FlowExplanation Match(ref readonly Flow flow)
    {
        ref readonly var key = ref flow.Key;
        if (key.Transport.IsIcmp)
            return default;
        var announced = new FlowExplanation(
            Match: null,
            book.Holds(key.Low, key.LowPort, key.Transport),
            book.Holds(key.High, key.HighPort, key.Transport)
        );
        return announced.HasAnnouncements ? MatchAnnounced(in flow, announced) : announced;
    }

    /// <summary>Counts a flow for all announcements of its endpoints.</summary>
    /// <param name="flow">The flow, with its direction settled.</param>
    /// <param name="explanation">The result of <see cref="Match"/>.</param>
    /// <param name="isUnderWay">True for an active flow in a snapshot.</param>
    public void NoteUse(ref readonly Flow flow, in FlowExplanation explanation, bool isUnderWay = false)
    {
        if (explanation.HasAnnouncements)
            NoteUseOfAnnounced(in flow, explanation, isUnderWay);
    }

    private FlowExplanation MatchAnnounced(ref readonly Flow flow, in FlowExplanation announced)
    {
        var byResponder = MatchOf(in flow, announced, flow.Responder);
        var isSettled = flow.Key.Transport == IpProtocol.Tcp && flow.Basis > DirectionBasis.Announcement;
        if (byResponder is not null || isSettled)
            return announced with { Match = byResponder };
        var byOriginator = MatchOf(in flow, announced, flow.Originator);
        return announced with
        {
            Match = byOriginator,
            IsByOriginator = byOriginator is { Announcement.IsCandidate: false },
        };
    }

    private void NoteUseOfAnnounced(ref readonly Flow flow, in FlowExplanation announced, bool isUnderWay)
    {
        NoteUseOf(in flow, announced, flow.Responder, isUnderWay);
        if (flow.Key.Transport != IpProtocol.Tcp)
            NoteUseOf(in flow, announced, flow.Originator, isUnderWay);
    }

    private AnnouncementMatch? MatchOf(ref readonly Flow flow, in FlowExplanation announced, Side server) =>
        announced.IsAnnounced(server) ? book.Match(Seen(in flow, server)) : null;

    private void NoteUseOf(ref readonly Flow flow, in FlowExplanation announced, Side server, bool isUnderWay)
    {
        if (announced.IsAnnounced(server))
            book.NoteUse(Seen(in flow, server), isUnderWay);
    }

    private AnnouncedFlow Seen(ref readonly Flow flow, Side server)
    {
        var end = new AnnouncedEndpoint(flow.Key.EndpointOf(server), flow.Key.Transport);
        return new AnnouncedFlow(end, flow.Key.AddressOf(server.Other()), flow.StartNs, flow.LastNs, idOf(flow),
            details.Find(in flow)?.Service, IsControl(in flow));
    }

    /// <summary>ICE checks are identified as STUN, but are no control conversation.</summary>
    private bool IsControl(ref readonly Flow flow) => ProtocolRegistry.At(flow.ProtocolRow)?.Tracker is not null
        && details.Find(in flow)?.Service != IceService.Name;
}
