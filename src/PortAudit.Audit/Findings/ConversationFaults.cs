using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>What went wrong in a conversation that the network carried only in part.</summary>
internal static class ConversationFaults
{
    public static bool IsAboutConversation(this FindingKind kind) => kind is
        FindingKind.HandshakeIncomplete or FindingKind.SessionLostIdle or FindingKind.LargePacketsLost or
        FindingKind.FragmentsLost;

    /// <summary>The fault of a flow, of several that which explains the others; null when there is none.</summary>
    public static FindingKind? Of(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (judgement.Verdict is Verdict.OutOfScope or Verdict.Background)
            return null;
        if (flow.Transport != IpProtocol.Tcp)
            return flow.FragmentLoss is null ? null : FindingKind.FragmentsLost;
        if (flow.IsHandshakeLost())
            return FindingKind.HandshakeIncomplete;
        if (flow.LostData is { IsSizeTheCause: true })
            return FindingKind.LargePacketsLost;
        if (flow.SessionLoss is { } loss && !IsByHost(flow, loss))
            return FindingKind.SessionLostIdle;
        return flow.FragmentLoss is null ? null : FindingKind.FragmentsLost;
    }

    /// <summary>True for a session that, by hop limits, its host itself ended: a timeout of the service, a
    /// restart.</summary>
    private static bool IsByHost(FlowRecord flow, SessionLoss loss) =>
        loss.WasReset && flow.Reset is { Origin: ResetOrigin.Host };
}
