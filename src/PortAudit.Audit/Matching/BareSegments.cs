using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>TCP flows without a SYN and without data.</summary>
internal static class BareSegments
{
    /// <summary>The originator's letter for such flags in <see cref="FlowRecord.History"/>.</summary>
    private const char ImpossibleFlags = 'I';

    /// <summary>
    /// True for TCP segments that belong to no connection, answered by a reset: scans with FIN, with ACK, with several
    /// flags or none (RFC 9293 §3.10.7.1 has a closed port reset them). Who sent them is the prober, whatever the
    /// ports.
    /// </summary>
    public static bool IsFlagProbe(this FlowRecord flow) =>
        flow.HasImpossibleFlags() || (flow.IsBare() && flow.In.Packets > 0 && flow.Out.Packets > 0
            && flow.History is "Ar" or "Fr" or "r" or "^Ar" or "^Fr" or "^r");

    /// <summary>True when the originator sent a segment with neither SYN nor RST nor ACK, which no program but a prober
    /// does: FIN alone, several flags, or none.</summary>
    public static bool HasImpossibleFlags(this FlowRecord flow) =>
        flow.IsBare() && flow.History.Contains(ImpossibleFlags, StringComparison.Ordinal);

    /// <summary>True for a TCP flow in which no SYN and no data was seen.</summary>
    public static bool IsBare(this FlowRecord flow) =>
        flow.Transport == IpProtocol.Tcp && flow.SynCount == 0 && flow.Out.PayloadBytes == 0
        && flow.In.PayloadBytes == 0 && flow.KnowsPayloadBytes;
}
