using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Says what became of a flow (design §2): the passive counterpart of a port query.</summary>
internal static class OutcomeOf
{
    private const byte UnreachableV4 = 3;
    private const byte TimeExceededV4 = 11;
    private const byte UnreachableV6 = 1;
    private const byte TimeExceededV6 = 3;

    /// <summary>The outcome of a flow that has ended or that the capture left behind.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="detail">What only some flows need; null for the others.</param>
    /// <param name="reset">The reset that stopped or ended it; null without one.</param>
    /// <param name="silenceNs">How long the capture went on after the flow's last packet, in nanoseconds.</param>
    public static Outcome Decide(ref readonly Flow flow, FlowDetail? detail, FlowReset? reset, long silenceNs) =>
        flow.Key.Transport == IpProtocol.Tcp ? OfTcp(in flow, detail, reset, silenceNs) : OfOther(in flow, detail, silenceNs);

    /// <summary>True for a TCP connection that was tried and reset before the responder said anything else.</summary>
    public static bool WasStoppedByReset(ref readonly Flow flow) => HasSyn(in flow) && !Speakers(in flow).Responder
        && flow.Has(flow.LowIsOriginator ? FlowMarks.RstFromHigh : FlowMarks.RstFromLow);

    /// <summary>True for a TCP connection whose originator was seen to open it.</summary>
    public static bool HasSyn(ref readonly Flow flow) => flow.Has(flow.LowIsOriginator ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh);

    /// <summary>True for an ICMP error that says that packets do not arrive; fragmentation needed, redirects and the like do not.</summary>
    public static bool Stops(IpProtocol icmp, byte type, byte code) => icmp == IpProtocol.Icmp
        ? type == TimeExceededV4 || (type == UnreachableV4 && code != 4)
        : type is UnreachableV6 or TimeExceededV6;

    /// <summary>True for an ICMP error by which somebody says that a policy forbids it (RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1; RFC 4443 §3.1).</summary>
    public static bool Prohibits(bool isIpv4, byte type, byte code) =>
        isIpv4 ? type == UnreachableV4 && (code is 9 or 10 or 13) : type == UnreachableV6 && (code is 1 or 5 or 6);

    private static Outcome OfTcp(ref readonly Flow flow, FlowDetail? detail, FlowReset? reset, long silenceNs)
    {
        var (originatorSpoke, responderSpoke) = Speakers(in flow);
        if (!HasSyn(in flow))
            return OfTcpWithoutSyn(in flow);
        if (responderSpoke)
            return Outcome.Established;
        if (WasStoppedByReset(in flow))
            return reset is { Origin: ResetOrigin.AnotherDevice } ? Outcome.Rejected : Outcome.Refused;
        if (flow.Has(FlowMarks.IcmpError))
            return OfIcmpError(in flow, detail!);
        if (originatorSpoke)
            return Outcome.OneWay;
        return flow.SynCount > 1 || silenceNs >= IdleTimeouts.AnswerWaitNs ? Outcome.Unanswered : Outcome.Undecided;
    }

    private static Outcome OfTcpWithoutSyn(ref readonly Flow flow)
    {
        if (flow.Low.Packets == 0 || flow.High.Packets == 0)
            return Outcome.OneWay;
        return flow.Has(FlowMarks.SynAckFromLow | FlowMarks.SynAckFromHigh) ? Outcome.Established : Outcome.Midstream;
    }

    private static Outcome OfOther(ref readonly Flow flow, FlowDetail? detail, long silenceNs)
    {
        if (flow.Low.Packets > 0 && flow.High.Packets > 0)
            return Outcome.Established;
        if (flow.Has(FlowMarks.IcmpError))
            return OfIcmpError(in flow, detail!);
        return flow.Packets - (detail?.CountedDuplicates ?? 0) > 1 || silenceNs >= IdleTimeouts.AnswerWaitNs ? Outcome.Unanswered : Outcome.Undecided;
    }

    private static Outcome OfIcmpError(ref readonly Flow flow, FlowDetail error)
    {
        var responder = flow.LowIsOriginator ? flow.Key.High : flow.Key.Low;
        var refuses = responder.IsIpv4
            ? error.ErrorType == UnreachableV4 && error.ErrorCode is 2 or 3
            : error.ErrorType == UnreachableV6 && error.ErrorCode == 4;
        return refuses && error.ErrorSender == responder ? Outcome.Refused : Outcome.Rejected;
    }

    private static (bool Originator, bool Responder) Speakers(ref readonly Flow flow)
    {
        var low = flow.Has(FlowMarks.SpokeLow);
        var high = flow.Has(FlowMarks.SpokeHigh);
        return flow.LowIsOriginator ? (low, high) : (high, low);
    }
}
