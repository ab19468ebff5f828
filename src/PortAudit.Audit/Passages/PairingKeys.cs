using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>What of a flow is compared with those of another capture point.</summary>
internal static class PairingKeys
{
    /// <summary>Both endpoints in a fixed order, without the VLAN, which differs on the two sides of a
    /// router.</summary>
    public static (IpProtocol Transport, Endpoint Low, Endpoint High, string? Tunnel) EndpointsInOrder(FlowRecord flow)
    {
        var order = flow.Originator.Address.CompareTo(flow.Responder.Address);
        return order < 0 || (order == 0 && flow.Originator.Port <= flow.Responder.Port)
            ? (flow.Transport, flow.Originator, flow.Responder, flow.Tunnel)
            : (flow.Transport, flow.Responder, flow.Originator, flow.Tunnel);
    }

    /// <summary>The same; for ICMP in original order, as its types are no ports.</summary>
    public static (IpProtocol, Endpoint, Endpoint, string?)? EndpointsOf(FlowRecord flow) => flow.Transport.IsIcmp
        ? (flow.Transport, flow.Originator, flow.Responder, flow.Tunnel)
        : EndpointsInOrder(flow);

    /// <summary>Initial sequence numbers of both sides; null where one was not captured.</summary>
    public static (uint, uint)? BothNumbersOf(FlowRecord flow) =>
        flow.Trace is { Out.Opening: { } syn, In.Opening: { } answer }
            ? (syn.SequenceNumber, answer.SequenceNumber)
            : null;

    public static uint? OriginatorNumberOf(FlowRecord flow) => flow.Trace?.Out.Opening?.SequenceNumber;

    public static uint? ResponderNumberOf(FlowRecord flow) => flow.Trace?.In.Opening?.SequenceNumber;

    /// <summary>The clock in the SYN's timestamp option, with the port that it asks for.</summary>
    public static (uint, ushort)? ClockOf(FlowRecord flow) =>
        flow.Trace?.Out.Opening is { Clock: > 0 } syn ? (syn.Clock.Value, flow.Responder.Port) : null;

    /// <summary>How both streams begin, in 256 bytes.</summary>
    public static (ulong, ulong)? LongStartOf(FlowRecord flow) =>
        flow.Trace is { Out.LongStreamStart: > 0 } trace
            ? (trace.Out.LongStreamStart, trace.In.LongStreamStart)
            : null;

    /// <summary>How the originator's stream begins, in 48 bytes.</summary>
    public static ulong? StartOf(FlowRecord flow) =>
        flow.Trace?.Out.StreamStart is > 0 and { } start ? start : null;

    /// <summary>True when one end, or the port that was asked for, is the same.</summary>
    public static bool ShareEndpoint(FlowRecord one, FlowRecord other) =>
        one.Originator.Address == other.Originator.Address || one.Responder.Address == other.Responder.Address
        || one.Responder.Port == other.Responder.Port;

    /// <summary>Distinctive packets of a flow: datagrams by key, segments by sequence number, as the start may be
    /// missing at a point.</summary>
    public static IEnumerable<(bool IsOut, ulong Key)> SamplesOf(FlowRecord flow)
    {
        if (flow.Trace is not { } trace)
            return [];
        var isTcp = flow.Transport == IpProtocol.Tcp;
        return trace.Out.Samples.Select(sample => (true, isTcp ? sample.Number : sample.Key))
            .Concat(trace.In.Samples.Select(sample => (false, isTcp ? sample.Number : sample.Key)));
    }

    /// <summary>How many of them two flows must have in common: a number of 32 bits alone may be the same by
    /// chance.</summary>
    public static int LeastCommon(FlowRecord flow) => flow.Transport == IpProtocol.Tcp ? 2 : 1;
}
