using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Recognises the flows between the endpoints of a call (ICE, RFC 8445).</summary>
internal static class IceFlow
{
    /// <summary>True for ICE checks, and for what followed them, at a port of no known service. Both endpoints send
    /// checks (§7), so neither is the client, and the ports are those of one call.</summary>
    public static bool IsOfCall(this FlowRecord flow) =>
        flow.Transport == IpProtocol.Udp
        && (flow.IsIceCheck || ProtocolRegistry.Find(flow.StartedAs) is { ChecksPaths: true })
        && !ProtocolRegistry.IsRegistered(flow.Transport, flow.Responder.Port);

    /// <summary>True when both endpoints of such a flow sent.</summary>
    public static bool IsTwoWayCall(this FlowRecord flow) =>
        flow.Out.Packets > 0 && flow.In.Packets > 0 && flow.IsOfCall();
}
