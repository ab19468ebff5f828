using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Recognises connections that were accepted and nothing more.</summary>
internal static class AcceptedFlow
{
    /// <summary>The responder's SYN-ACK, in the letters of <see cref="FlowRecord.History"/>.</summary>
    private const char SynAck = 'h';

    /// <summary>True when the responder answered a SYN and was not seen to send data: what it serves is not
    /// known.</summary>
    public static bool IsOnlyAccepted(this FlowRecord flow) => flow.Transport == IpProtocol.Tcp
        && flow.In.PayloadBytes == 0 && flow.KnowsPayloadBytes
        && flow.History.Contains(SynAck, StringComparison.Ordinal);
}
