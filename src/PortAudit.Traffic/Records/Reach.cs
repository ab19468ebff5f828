using System.Buffers;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Whether the originator's packets reached the responder.</summary>
public enum Reach : byte
{
    /// <summary>Unknown: silence, segments of no connection, a reset of unknown sender (docs/decisions/014), or few
    /// unrequested datagrams of the responder.</summary>
    Unknown,

    /// <summary>They arrived: the responder answered, even with a refusal, or a capture point farther on recorded
    /// them.</summary>
    Reached,

    /// <summary>They did not: another device said so, or a capture point farther on did not record them.</summary>
    Stopped,
}

/// <summary>Texts of <see cref="Reach"/> in output, and what a single flow shows.</summary>
public static class ReachText
{
    /// <summary>Letters of <see cref="FlowRecord.History"/> of an originator that takes part in a
    /// conversation.</summary>
    private static readonly SearchValues<char> OriginatorSpoke = SearchValues.Create("ADFTWG");

    private static readonly SearchValues<char> ResponderSpoke = SearchValues.Create("adftwg");

    /// <summary>Datagrams from the responder alone that prove a conversation whose other direction was not captured:
    /// forgers send few.</summary>
    private const int MinimumAnswers = 20;

    /// <summary>The text in output.</summary>
    public static string ToText(this Reach reach) => reach switch
    {
        Reach.Unknown => "unknown",
        Reach.Reached => "reached",
        Reach.Stopped => "stopped",
    };

    /// <summary>The reach shown by a single flow. A host that refuses was reached, even if its own firewall refused;
    /// with a reset of unknown sender it is unknown. What goes to several hosts is never stopped: others may have
    /// received it.</summary>
    internal static Reach Of(FlowRecord flow)
    {
        if (flow.Outcome == Outcome.Refused)
            return flow.Reset?.Origin == ResetOrigin.Unknown ? Reach.Unknown : Reach.Reached;
        if (flow.Outcome == Outcome.Rejected)
            return OfRejected(flow);
        if (flow.Transport == IpProtocol.Tcp && flow.SynCount == 0)
            return OfTcpWithoutSyn(flow);
        if (flow.Transport != IpProtocol.Tcp && flow is { Out.Packets: 0, RequestedAt: null })
            return flow.In.Packets >= MinimumAnswers ? Reach.Reached : Reach.Unknown;
        return flow.In.Packets > 0 || flow.Outcome.Passed() ? Reach.Reached : Reach.Unknown;
    }

    private static Reach OfRejected(FlowRecord flow)
    {
        if (flow.StoppedBy == flow.Responder.Address)
            return Reach.Reached;
        return flow.Responder.Address.IsUnicast ? Reach.Stopped : Reach.Unknown;
    }

    /// <summary>An unrequested SYN-ACK or a reset alone proves no conversation; nor do one-way segments without data,
    /// which scans send too.</summary>
    private static Reach OfTcpWithoutSyn(FlowRecord flow)
    {
        var hasSpoken = flow.Out.Packets == 0
            ? flow.History.AsSpan().ContainsAny(ResponderSpoke)
            : flow.In.Packets == 0
                ? flow.Out.PayloadBytes > 0
                : flow.History.AsSpan().ContainsAny(OriginatorSpoke);
        return hasSpoken ? Reach.Reached : Reach.Unknown;
    }
}
