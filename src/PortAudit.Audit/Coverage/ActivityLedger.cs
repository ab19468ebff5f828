using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Coverage;

/// <summary>Somebody who sent packets.</summary>
/// <param name="Point">Capture point that saw it.</param>
/// <param name="Host">Name of the host; null for an address of a network or of none.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Segment">Segment of its address; null when none holds it.</param>
/// <param name="IsListed">True when the site gave the roles.</param>
/// <param name="Networks">Networks that hold it, as rules of the site name them.</param>
/// <param name="Flows">Flows in which it sent something there.</param>
internal sealed record Presence(string Point, string? Host, ImmutableArray<string> Roles, string? Segment,
    bool IsListed, ImmutableArray<string> Networks, long Flows)
{
    /// <summary>The host as the index of rules asks for it.</summary>
    public HostIdentity Identity { get; } = new(default, Host, Roles, Segment, IsListed) { Networks = Networks };

    /// <summary>True unless both are the same single host: what a host sends to itself no capture shows.</summary>
    public bool CanTalkTo(Presence other) => Host is null || Host != other.Host;
}

/// <summary>
/// Who was active where, and whether a capture point sees both directions. Bounded by the site: points times hosts and
/// networks times segments times networks that rules name. A reset without a connection
/// (<see cref="StrayAnswers.IsLoneReset"/>) shows neither: any device can send it in a host's name, and it is never
/// answered.
/// </summary>
internal sealed class ActivityLedger : IArchived
{
    private readonly Dictionary<Participant, long> _seen = [];
    private readonly Dictionary<string, TcpTally> _tcp = new(StringComparer.Ordinal);

    public IEnumerable<Presence> Presences =>
        _seen.Where(entry => entry.Value > 0).Select(entry => new Presence(entry.Key.Point, entry.Key.Host,
            entry.Key.Roles, entry.Key.Segment, entry.Key.IsListed, entry.Key.Networks, entry.Value));

    /// <summary>Names of hosts of the site that nothing but resets without a connection came from, in no
    /// order.</summary>
    public IEnumerable<string> HostsOfResets =>
        _seen.Where(entry => entry.Value == 0).Select(entry => entry.Key.Host).OfType<string>()
            .Except(Presences.Select(presence => presence.Host).OfType<string>(), StringComparer.Ordinal);

    public long OneWayFlows { get; private set; }

    /// <summary>Adds a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="originator">Who opened it; which of the two did changes nothing here.</param>
    /// <param name="responder">The other one.</param>
    public void Add(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        var flows = flow.IsLoneReset() ? 0 : flow.Count;
        if (flow.Out.Packets > 0)
            Note(flow.CapturePoint, originator, flows);
        if (flow.In.Packets > 0)
            Note(flow.CapturePoint, responder, flows);

        var isOneWay = flow.Outcome == Outcome.OneWay;
        OneWayFlows += isOneWay ? flow.Count : 0;
        if (flow.Transport != IpProtocol.Tcp || flows == 0)
            return;
        _tcp[flow.CapturePoint] = _tcp.GetValueOrDefault(flow.CapturePoint) + new TcpTally(
            flow.Count,
            isOneWay ? flow.Count : 0,
            flow.Out.PayloadBytes + flow.In.PayloadBytes,
            LostBytes(flow.StreamOut, flow.Out) + LostBytes(flow.StreamIn, flow.In));
    }

    public void UnionWith(ActivityLedger other)
    {
        foreach (var (who, flows) in other._seen)
            _seen[who] = _seen.GetValueOrDefault(who) + flows;
        OneWayFlows += other.OneWayFlows;
        foreach (var (point, theirs) in other._tcp)
            _tcp[point] = _tcp.GetValueOrDefault(point) + theirs;
    }

    public void Persist(StateArchive archive)
    {
        OneWayFlows = archive.Number(OneWayFlows);
        archive.Map(_tcp, StateValues.Text, static (archive, _, tally) => TcpTally.Persisted(archive, tally),
            StringComparer.Ordinal);
        var presences = _seen.OrderBy(entry => entry.Key.Point, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.Host, StringComparer.Ordinal)
            .ThenBy(entry => archive.Knowledge.IndexOf(entry.Key.Roles))
            .ThenBy(entry => entry.Key.Segment, StringComparer.Ordinal).ThenBy(entry => entry.Key.IsListed)
            .ThenBy(entry => archive.Knowledge.IndexOf(entry.Key.Networks));
        foreach (var (who, flows) in archive.Members(presences.ToList(), StateArchive.Entry<Participant, long>(
            Participant.Persisted, static (archive, _, flows) => archive.Number(flows))))
            archive.Require(_seen.TryAdd(who, flows), "a host is there twice");
    }

    /// <summary>Number of TCP flows at a point, and of those among them of which one direction only was seen.</summary>
    public (long Tcp, long OneWay) TcpAt(string point)
    {
        var tcp = _tcp.GetValueOrDefault(point);
        return (tcp.Flows, tcp.OneWay);
    }

    /// <summary>Bytes of TCP streams that a point recorded, and those that were acknowledged there and not
    /// recorded.</summary>
    public (long Seen, long Lost) StreamBytesAt(string point)
    {
        var tcp = _tcp.GetValueOrDefault(point);
        return (tcp.SeenBytes, tcp.LostBytes);
    }

    /// <summary>True when more than half of the TCP flows at a point show one direction only: what it misses proves
    /// nothing.</summary>
    public bool IsLopsided(string point) => TcpAt(point) is var (tcp, oneWay) && oneWay * 2 > tcp;

    /// <summary>Counts no more loss than was seen of the direction, so that one broken connection does not
    /// dominate.</summary>
    private static long LostBytes(StreamCounters stream, DirectionCounters direction) =>
        Math.Min(stream.GapBytes, direction.PayloadBytes);

    private void Note(string point, HostIdentity host, long flows)
    {
        if (!host.Address.IsUnicast)
            return;
        var who = new Participant(point, host.Name, host.Roles, host.Segment, host.IsListed, host.Networks);
        _seen[who] = _seen.GetValueOrDefault(who) + flows;
    }

    private readonly record struct Participant(string Point, string? Host, ImmutableArray<string> Roles,
        string? Segment, bool IsListed, ImmutableArray<string> Networks)
    {
        public static Participant Persisted(StateArchive archive, Participant who) =>
            new(archive.Text(who.Point ?? ""), archive.TextOrNull(who.Host), archive.Roles(who.Roles),
                archive.TextOrNull(who.Segment), archive.Flag(who.IsListed), archive.Roles(who.Networks));
    }

    private readonly record struct TcpTally(long Flows, long OneWay, long SeenBytes, long LostBytes)
    {
        public static TcpTally operator +(TcpTally a, TcpTally b) =>
            new(a.Flows + b.Flows, a.OneWay + b.OneWay, a.SeenBytes + b.SeenBytes, a.LostBytes + b.LostBytes);

        public static TcpTally Persisted(StateArchive archive, TcpTally tally) =>
            new(archive.Number(tally.Flows), archive.Number(tally.OneWay), archive.Number(tally.SeenBytes),
                archive.Number(tally.LostBytes));
    }
}
