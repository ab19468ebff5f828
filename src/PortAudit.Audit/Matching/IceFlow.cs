using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Tells the flows by which the ends of a call reach each other (ICE, RFC 8445).</summary>
internal static class IceFlow
{
    /// <summary>
    /// True for checks of ICE, and for what followed them, at a port that no service has. Both ends check each other
    /// (§7), so that who sent first opened nothing, and the ports are those of one call.
    /// </summary>
    public static bool IsOfCall(this FlowRecord flow) =>
        flow.Transport == IpProtocol.Udp
        && (flow.IsIceCheck || ProtocolRegistry.Find(flow.StartedAs) is { ChecksPaths: true })
        && !ProtocolRegistry.IsRegistered(flow.Transport, flow.Responder.Port);

    /// <summary>True when both ends of such a flow sent.</summary>
    public static bool IsOfBothEnds(this FlowRecord flow) =>
        flow.Out.Packets > 0 && flow.In.Packets > 0 && flow.IsOfCall();
}
