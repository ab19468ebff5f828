using System.Buffers;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Whether what the originator sent came to the responder.</summary>
public enum Reach : byte
{
    /// <summary>Nothing proves either: silence, segments that belong to no connection, a reset that may be anybody's
    /// (docs/decisions/014), or few datagrams of the responder that nothing asked for.</summary>
    Unknown,

    /// <summary>It arrived: the responder itself answered something, a refusal included, or a capture point further on
    /// the way recorded it.</summary>
    Reached,

    /// <summary>It did not arrive: another device said so, or a capture point further on the way did not record
    /// it.</summary>
    Stopped,
}

/// <summary>The names of <see cref="Reach"/> in output, and what one flow alone says of it.</summary>
public static class ReachText
{
    /// <summary>Letters of <see cref="FlowRecord.History"/> of an originator that takes part in a
    /// conversation.</summary>
    private static readonly SearchValues<char> OriginatorSpoke = SearchValues.Create("ADFTWG");

    private static readonly SearchValues<char> ResponderSpoke = SearchValues.Create("adftwg");

    /// <summary>Datagrams of the responder alone from which on they prove a conversation whose other direction was not
    /// captured: whoever forges a sender makes a few.</summary>
    private const int MinimumAnswers = 20;

    /// <summary>The name in output.</summary>
    public static string ToText(this Reach reach) => reach switch
    {
        Reach.Unknown => "unknown",
        Reach.Reached => "reached",
        Reach.Stopped => "stopped",
    };

    /// <summary>
    /// What one flow alone says. A host that refuses was reached, also when its own firewall refused; where nothing
    /// tells whose a reset is, nobody knows. What goes to several hosts is never stopped: others may have received it.
    /// </summary>
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

    /// <summary>A SYN with ACK that nothing asked for, and a reset alone, prove no conversation; nor do segments
    /// without data in one direction, which a scan sends too.</summary>
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
