using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Coverage;

/// <summary>Somebody who sent packets.</summary>
/// <param name="Point">Capture point that saw it.</param>
/// <param name="Host">Name of the host; null for an address of a network or of none.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Segment">Segment of its address; null when none holds it.</param>
/// <param name="IsPlaced">True when the site gave the roles.</param>
internal sealed record Presence(string Point, string? Host, ImmutableArray<string> Roles, string? Segment, bool IsPlaced)
{
    /// <summary>The host as the index of rules asks for it.</summary>
    public HostIdentity Identity { get; } = new(default, Host, Roles, Segment, IsPlaced);

    /// <summary>True unless both are the same single host: what a host sends to itself no capture shows.</summary>
    public bool CanTalkTo(Presence other) => Host is null || Host != other.Host;
}

/// <summary>
/// Who was active where, and whether a capture point sees both directions. Bounded by the site: points times hosts and networks
/// times segments.
/// </summary>
internal sealed class ActivityLedger
{
    private readonly HashSet<(string Point, string? Host, ImmutableArray<string> Roles, string? Segment, bool IsPlaced)> _seen = [];
    private readonly Dictionary<string, TcpTally> _tcp = new(StringComparer.Ordinal);

    /// <summary>Everybody who sent packets, in no order.</summary>
    public IEnumerable<Presence> Presences =>
        _seen.Select(entry => new Presence(entry.Point, entry.Host, entry.Roles, entry.Segment, entry.IsPlaced));

    /// <summary>Flows of which one direction only was seen.</summary>
    public long OneWayFlows { get; private set; }

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (flow.Out.Packets > 0)
            Note(flow.CapturePoint, judgement.Originator);
        if (flow.In.Packets > 0)
            Note(flow.CapturePoint, judgement.Responder);

        var isOneWay = flow.Outcome == Outcome.OneWay;
        OneWayFlows += isOneWay ? 1 : 0;
        if (flow.Transport != IpProtocol.Tcp)
            return;
        var tcp = _tcp.GetValueOrDefault(flow.CapturePoint);
        _tcp[flow.CapturePoint] = new TcpTally(
            tcp.Flows + 1,
            tcp.OneWay + (isOneWay ? 1 : 0),
            tcp.SeenBytes + flow.Out.PayloadBytes + flow.In.PayloadBytes,
            tcp.LostBytes + LostBytes(flow.StreamOut, flow.Out) + LostBytes(flow.StreamIn, flow.In));
    }

    /// <summary>Number of TCP flows at a point, and of those among them of which one direction only was seen.</summary>
    public (long Tcp, long OneWay) TcpAt(string point)
    {
        var tcp = _tcp.GetValueOrDefault(point);
        return (tcp.Flows, tcp.OneWay);
    }

    /// <summary>Bytes of TCP streams that a point recorded, and those that were acknowledged there and not recorded.</summary>
    public (long Seen, long Lost) StreamBytesAt(string point)
    {
        var tcp = _tcp.GetValueOrDefault(point);
        return (tcp.SeenBytes, tcp.LostBytes);
    }

    /// <summary>True when more than half of the TCP flows at a point show one direction only: what it misses proves nothing.</summary>
    public bool IsLopsided(string point) => TcpAt(point) is var (tcp, oneWay) && oneWay * 2 > tcp;

    /// <summary>What a direction lost counts at most as what was seen of it, so that one broken connection does not speak for the point.</summary>
    private static long LostBytes(StreamCounters stream, DirectionCounters direction) => Math.Min(stream.GapBytes, direction.PayloadBytes);

    private void Note(string point, HostIdentity host)
    {
        if (host.Address.IsUnicast)
            _seen.Add((point, host.Name, host.Roles, host.Segment, host.IsPlaced));
    }

    private readonly record struct TcpTally(long Flows, long OneWay, long SeenBytes, long LostBytes);
}
