using PortAudit.Audit.Matching;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Scans;

/// <summary>Recognises possible probes of a port scan: failed attempts, and connections without data. Only all flows of
/// an originator decide whether it scans (<see cref="ScanShape"/>).</summary>
internal static class Probe
{
    /// <summary>Echo requests up to which an answered flow may be a sweep's; who watches whether a host is up sends
    /// them as long as the capture lasts.</summary>
    private const int MaximumEchoes = 10;

    private const ushort EchoRequest = 8; // RFC 792
    private const ushort EchoRequestV6 = 128; // RFC 4443 §4.1

    // RFC 1393 and IANA's registry: traceroute counts up from 33434, three datagrams for each of 30 hops, and some
    // implementations a few more.
    private const ushort FirstTraceroutePort = 33434;
    private const ushort LastTraceroutePort = 33534;

    /// <summary>What a judged flow is as a probe. A question to a neighbour is no finding by itself, so that only a
    /// sweep of them shows anything. Not a probe: what an exception excuses, an announcement explains or a
    /// topology forbids.</summary>
    public static ProbeKind Of(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (judgement.Verdict == Verdict.Background && Housekeeping.IsUnansweredQuestion(flow)
            && HasFailed(flow))
            return ProbeKind.Failed;
        if (judgement.Verdict == Verdict.Background || !judgement.Exceptions.IsEmpty
            || flow.Announcement is not null || flow.IsFailedProbe())
            return ProbeKind.None;
        if (judgement.Verdict == Verdict.Forbidden && (judgement.Shown!.IsCaution || !flow.Outcome.Stopped()))
            return ProbeKind.None;
        return Of(flow);
    }

    private static ProbeKind Of(FlowRecord flow)
    {
        if (flow.Transport == IpProtocol.Tcp)
            return OfTcp(flow);
        if (flow.Transport.IsIcmp)
            return OfEcho(flow);
        if (!flow.Transport.HasPorts || !HasFailed(flow))
            return ProbeKind.None;
        return IsAskedByOthers(flow) ? ProbeKind.Vague : ProbeKind.Failed;
    }

    private static ProbeKind OfTcp(FlowRecord flow)
    {
        if (flow.SynCount == 0)
            return flow.IsFlagProbe() ? ProbeKind.Failed : IsSilentFin(flow) ? ProbeKind.Vague : ProbeKind.None;
        if (HasFailed(flow))
            return ProbeKind.Failed;
        var isOneSilent = flow.Out.PayloadBytes == 0 || flow.In.PayloadBytes == 0;
        return flow.Outcome is Outcome.Established or Outcome.HalfOpen && isOneSilent
            ? ProbeKind.Opened
            : ProbeKind.None;
    }

    private static ProbeKind OfEcho(FlowRecord flow)
    {
        if (flow.Originator.Port != (flow.Transport == IpProtocol.Icmp ? EchoRequest : EchoRequestV6))
            return ProbeKind.None;
        if (HasFailed(flow))
            return ProbeKind.Failed;
        return flow.Outcome == Outcome.Established && flow.Out.Packets <= MaximumEchoes
            ? ProbeKind.Opened
            : ProbeKind.None;
    }

    private static bool HasFailed(FlowRecord flow) => flow.Outcome.Stopped() || flow.Outcome == Outcome.Undecided;

    private static bool IsAskedByOthers(FlowRecord flow) =>
        flow.Responder.Port is >= FirstTraceroutePort and <= LastTraceroutePort
        || (flow.Protocol is { } protocol && ProtocolComparison.IsProof(flow.ProtocolBasis)
            && ProtocolRegistry.Find(protocol) is { IsDiscovery: true });

    // A lone FIN may also be the end of a connection of which this capture sees one direction.
    private static bool IsSilentFin(FlowRecord flow) =>
        flow.IsBare() && flow.In.Packets == 0 && flow.History is "F" or "";
}

/// <summary>What a flow is as a probe of a port scan.</summary>
internal enum ProbeKind
{
    /// <summary>None: an ordinary flow.</summary>
    None,

    /// <summary>One that other programs send as well (traceroute, discovery): it belongs to a scan that others show,
    /// and shows none by itself.</summary>
    Vague,

    /// <summary>An attempt that came to nothing: refused, rejected, unanswered, undecided; or segments that belong to
    /// no connection, which only a probe sends.</summary>
    Failed,

    /// <summary>Something answered, and nothing was said: a connection that one side at least left without a word, an
    /// echo that came back.</summary>
    Opened,
}
