using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Decides the outcome of a flow (design §2): the passive counterpart of a port query.</summary>
internal static class OutcomeOf
{
    private const byte UnreachableV4 = 3;
    private const byte TimeExceededV4 = 11;
    private const byte UnreachableV6 = 1;
    private const byte TimeExceededV6 = 3;
    private const byte ParameterProblemV6 = 4;
    private const byte UnrecognizedNextHeader = 1;

    /// <summary>Code of time exceeded in transit; the other code is a host waiting for fragments (RFC 792, RFC 4443
    /// §3.3).</summary>
    private const byte InTransit = 0;

    /// <summary>The outcome of a flow that has ended, or at the end of the capture, <paramref name="silenceNs"/> after
    /// the flow's last packet. <paramref name="reset"/> is what stopped or ended it; null without one.</summary>
    public static Outcome Decide(ref readonly Flow flow, FlowDetail? detail, in FlowReset? reset, long silenceNs) =>
        flow.Key.Transport == IpProtocol.Tcp
            ? OfTcp(in flow, detail, reset, silenceNs)
            : OfOther(in flow, detail, silenceNs);

    /// <summary>True for a TCP connection reset before anything else was said, and an SCTP association whose INIT was
    /// answered by ABORT only (RFC 9260 §5.1). An originator that continues was answered, captured or not.</summary>
    public static bool WasStoppedByReset(ref readonly Flow flow) => HasSyn(in flow) && !flow.EitherHas(SideFlags.Spoke)
        && flow.Has(flow.Responder, SideFlags.Rst);

    /// <summary>True when an ICMP error says that the originator's packets do not arrive.</summary>
    public static bool HasError(ref readonly Flow flow) => flow.Has(flow.Originator, SideFlags.IcmpError);

    /// <summary>True when the originator's opening of a TCP connection or SCTP association was captured.</summary>
    public static bool HasSyn(ref readonly Flow flow) => flow.Has(flow.Originator, SideFlags.Syn);

    /// <summary>True for an ICMP error that says packets do not arrive: not for fragmentation needed, redirects or
    /// missing fragments. An unrecognised IPv6 next header is IPv6's protocol unreachable (RFC 4443 §3.4).</summary>
    public static bool Stops(IpProtocol icmp, byte type, byte code) => icmp == IpProtocol.Icmp
        ? (type == TimeExceededV4 && code == InTransit) || (type == UnreachableV4 && code != 4)
        : type == UnreachableV6 || (type == TimeExceededV6 && code == InTransit)
            || (type == ParameterProblemV6 && code == UnrecognizedNextHeader);

    public static IcmpReason ReasonOf(bool isIpv4, byte type, byte code) => (isIpv4, type, code) switch
    {
        (true, UnreachableV4, 9 or 10 or 13) or (false, UnreachableV6, 1 or 5 or 6) => IcmpReason.Prohibited,
        (true, UnreachableV4, 0 or 1 or 6 or 7 or 11 or 12) or (true, TimeExceededV4, InTransit) =>
            IcmpReason.Undeliverable,
        (false, UnreachableV6, 0 or 3) or (false, TimeExceededV6, InTransit) => IcmpReason.Undeliverable,
        _ => IcmpReason.None,
    };

    private static Outcome OfTcp(ref readonly Flow flow, FlowDetail? detail, in FlowReset? reset, long silenceNs)
    {
        if (!HasSyn(in flow))
            return OfTcpWithoutSyn(in flow, detail);
        if (WasStoppedByReset(in flow))
            return reset is { Origin: ResetOrigin.AnotherDevice } ? Outcome.Rejected : Outcome.Refused;
        if (flow.Has(flow.Responder, SideFlags.Spoke))
            return IsHalfOpen(in flow) ? OfHalfOpen(in flow, detail, silenceNs) : Outcome.Established;

        // An originator that continues was answered; if a reset is all that came back, both directions were captured.
        if (flow.Has(flow.Originator, SideFlags.Spoke))
            return flow.Has(flow.Responder, SideFlags.Rst) ? Outcome.Established : Outcome.OneWay;
        if (HasError(in flow))
            return OfIcmpError(in flow, detail!);
        return flow.SynCount > 1 || HasWaited(silenceNs) ? Outcome.Unanswered : Outcome.Undecided;
    }

    /// <summary>A single direction suggests an asymmetric path, unless a firewall reports that it blocks packets
    /// without state.</summary>
    private static Outcome OfTcpWithoutSyn(ref readonly Flow flow, FlowDetail? detail)
    {
        if (flow.Low.Packets == 0 || flow.High.Packets == 0)
            return HasError(in flow) && ReasonOf(flow.Key.Low.IsIpv4, detail!.ErrorType,
                detail.ErrorCode) == IcmpReason.Prohibited ? Outcome.Rejected : Outcome.OneWay;
        if (!flow.EitherHas(SideFlags.SynAck))
            return Outcome.Midstream;
        return IsHalfOpen(in flow) ? Outcome.HalfOpen : Outcome.Established;
    }

    /// <summary>True when a SYN-ACK is all that came of the connection: no third packet, and no data or its
    /// acknowledgment, which would prove that the capture missed the third packet.</summary>
    private static bool IsHalfOpen(ref readonly Flow flow)
    {
        var (originator, responder) = (flow.Originator, flow.Responder);
        return flow.Has(responder, SideFlags.SynAck) && !flow.Has(responder, SideFlags.Fin)
            && flow.Of(responder).PayloadBytes == 0 && !flow.Has(originator, SideFlags.Spoke | SideFlags.Holes);
    }

    /// <summary>A SYN-ACK at the end of the capture may still be acknowledged.</summary>
    private static Outcome OfHalfOpen(ref readonly Flow flow, FlowDetail? detail, long silenceNs)
    {
        var isRepeated = flow.Packets - (detail?.CountedDuplicates ?? 0) > 2;
        return isRepeated || flow.EitherHas(SideFlags.Rst) || HasWaited(silenceNs)
            ? Outcome.HalfOpen
            : Outcome.Undecided;
    }

    private static Outcome OfOther(ref readonly Flow flow, FlowDetail? detail, long silenceNs)
    {
        if (WasStoppedByReset(in flow))
            return Outcome.Refused;
        var wasAnswered = flow.Has(FlowFlags.AnsweredElsewhere) || detail is { RequestedAt.Port: > 0 };
        if (wasAnswered || (flow.Low.Packets > 0 && flow.High.Packets > 0))
            return Outcome.Established;
        if (HasError(in flow))
            return OfIcmpError(in flow, detail!);

        // Only answers: the request was not captured. An SCTP association that continues was answered.
        if (flow.Of(flow.Originator).Packets == 0 || flow.EitherHas(SideFlags.Spoke))
            return Outcome.OneWay;
        return flow.Packets - (detail?.CountedDuplicates ?? 0) > 1 || HasWaited(silenceNs)
            ? Outcome.Unanswered
            : Outcome.Undecided;
    }

    /// <summary>True when there was time for an answer. If the clock was set back meanwhile, the time passed is unknown
    /// and counts as enough.</summary>
    private static bool HasWaited(long silenceNs) =>
        silenceNs is >= IdleTimeouts.AnswerWaitNs or < -ObservationClock.StepNs;

    private static Outcome OfIcmpError(ref readonly Flow flow, FlowDetail error)
    {
        var responder = flow.Key.AddressOf(flow.Responder);
        var refuses = responder.IsIpv4
            ? error.ErrorType == UnreachableV4 && error.ErrorCode is 2 or 3
            : (error.ErrorType, error.ErrorCode) is (UnreachableV6, 4) or (ParameterProblemV6, UnrecognizedNextHeader);
        return refuses && error.ErrorSender == responder ? Outcome.Refused : Outcome.Rejected;
    }
}
