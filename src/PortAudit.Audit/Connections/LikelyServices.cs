using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Connections;

/// <summary>
/// Guesses which endpoint of a TCP connection is the server when its opening was not captured and no registered port
/// decides: an endpoint shared by several connections, or a port below the dynamic range (RFC 6335 §6) against one in
/// it. The direction basis is unchanged.
/// </summary>
internal sealed class LikelyServices
{
    private readonly HashSet<Endpoint> _shared = [];

    /// <summary>Finds shared endpoints. Segments without data are ignored: a scan sends them from one port to
    /// many.</summary>
    /// <param name="flows">The flows, in any order.</param>
    public LikelyServices(IEnumerable<FlowRecord> flows)
    {
        var peers = new Dictionary<Endpoint, Endpoint>();
        foreach (var flow in flows.Where(flow => IsPresumed(flow) && HasData(flow)))
        {
            Note(peers, flow.Originator, flow.Responder);
            Note(peers, flow.Responder, flow.Originator);
        }
    }

    /// <summary>True for a TCP flow whose direction rests only on which packet came first.</summary>
    public static bool IsPresumed(FlowRecord flow) => flow.Transport == IpProtocol.Tcp
        && flow is { DirectionBasis: DirectionBasis.FirstPacket, SynCount: 0 } && flow.CanFlip();

    /// <summary>The flow, turned where its originator seems to be the service.</summary>
    public FlowRecord Turned(FlowRecord flow) => IsPresumed(flow) && IsTurned(flow)
        ? flow.Turn() with { DirectionBasis = DirectionBasis.FirstPacket }
        : flow;

    private bool IsTurned(FlowRecord flow)
    {
        var (originator, responder) = (_shared.Contains(flow.Originator), _shared.Contains(flow.Responder));
        return originator != responder
            ? originator
            : HasData(flow) && flow.Responder.Port >= PortRange.FirstDynamic
                && flow.Originator.Port < PortRange.FirstDynamic;
    }

    private static bool HasData(FlowRecord flow) => flow.Out.PayloadBytes + flow.In.PayloadBytes > 0;

    private void Note(Dictionary<Endpoint, Endpoint> peers, Endpoint end, Endpoint peer)
    {
        if (!peers.TryAdd(end, peer) && peers[end] != peer)
            _shared.Add(end);
    }
}
