using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>What of a flow is compared with those of another capture point.</summary>
internal static class PairingKeys
{
    /// <summary>Both ends in a fixed order, without the VLAN: it differs on the two sides of a router.</summary>
    public static (IpProtocol Transport, Endpoint Low, Endpoint High, string? Tunnel) EndsOf(FlowRecord flow)
    {
        var order = flow.Originator.Address.CompareTo(flow.Responder.Address);
        return order < 0 || (order == 0 && flow.Originator.Port <= flow.Responder.Port)
            ? (flow.Transport, flow.Originator, flow.Responder, flow.Tunnel)
            : (flow.Transport, flow.Responder, flow.Originator, flow.Tunnel);
    }

    /// <summary>The same; of ICMP the ends as they are, for its types are no ports.</summary>
    public static (IpProtocol, Endpoint, Endpoint, string?)? EndpointsOf(FlowRecord flow) => flow.Transport.IsIcmp
        ? (flow.Transport, flow.Originator, flow.Responder, flow.Tunnel)
        : EndsOf(flow);

    /// <summary>Initial sequence numbers of both sides; null where one was not captured.</summary>
    public static (uint, uint)? BothNumbersOf(FlowRecord flow) =>
        flow.Trace is { Out.Opening: { } syn, In.Opening: { } answer }
            ? (syn.SequenceNumber, answer.SequenceNumber)
            : null;

    /// <summary>That of the originator.</summary>
    public static uint? OriginatorNumberOf(FlowRecord flow) => flow.Trace?.Out.Opening?.SequenceNumber;

    /// <summary>That of the responder.</summary>
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

    /// <summary>Packets of a flow that tell it from others: datagrams by their keys, segments by their numbers, as
    /// both points need not have seen where the connection began.</summary>
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
