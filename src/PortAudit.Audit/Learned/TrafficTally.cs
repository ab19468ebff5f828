using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Learned;

/// <summary>Adds up the connections of one service between two roles and segments.</summary>
/// <param name="keepsFlows">True to keep what proves them.</param>
internal sealed class TrafficTally(bool keepsFlows) : IArchived
{
    private readonly long[] _hours = new long[LearnedEntry.HoursPerDay];
    private readonly BottomKSet<int> _days = new(LearnedEntry.MaximumDays);
    private readonly BottomKSet<IpAddress> _clients = new(LearnedEntry.MaximumHosts);
    private readonly BottomKSet<IpAddress> _servers = new(LearnedEntry.MaximumHosts);
    private readonly BottomKSet<string> _issuers = new(LearnedEntry.MaximumNames, StringComparer.Ordinal);
    private readonly BottomKSet<string> _interfaces = new(LearnedEntry.MaximumNames, StringComparer.Ordinal);
    private readonly SizeTally _sent = new();
    private readonly SizeTally _received = new();
    private long _connections;
    private long _firstNs = long.MaxValue;
    private long _lastNs = long.MinValue;

    /// <summary>The connections as evidence; null unless they are kept.</summary>
    public FlowGroup? Flows { get; } = keepsFlows ? new FlowGroup() : null;

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        _connections++;
        _hours[SentenceTime.ToHour(flow.StartNs)]++;
        _days.Add(SentenceTime.ToDay(flow.StartNs).DayNumber);
        _firstNs = Math.Min(_firstNs, flow.StartNs);
        _lastNs = Math.Max(_lastNs, flow.StartNs);
        _clients.Add(flow.Originator.Address);
        _servers.Add(flow.Responder.Address);
        _sent.Add(flow.Out.PayloadBytes);
        _received.Add(flow.In.PayloadBytes);
        if (flow.Tls is { ServerCertificates: [var certificate, ..] })
            _issuers.Add(certificate.Issuer);
        foreach (var use in flow.Carried)
        {
            if (use.Kind is CarriedKind.Interface or CarriedKind.Call)
                _interfaces.Add(use.Name);
        }

        if (flow.Announcement?.Announcement is { Service: { } announced })
            _interfaces.Add(announced);
        Flows?.Add(judgement);
    }

    public void UnionWith(TrafficTally other)
    {
        _connections += other._connections;
        for (var hour = 0; hour < _hours.Length; hour++)
            _hours[hour] += other._hours[hour];
        _days.UnionWith(other._days);
        _firstNs = Math.Min(_firstNs, other._firstNs);
        _lastNs = Math.Max(_lastNs, other._lastNs);
        _clients.UnionWith(other._clients);
        _servers.UnionWith(other._servers);
        _sent.UnionWith(other._sent);
        _received.UnionWith(other._received);
        _issuers.UnionWith(other._issuers);
        _interfaces.UnionWith(other._interfaces);
        if (other.Flows is { } flows)
            Flows?.UnionWith(flows);
    }

    public void Persist(StateArchive archive)
    {
        _connections = archive.Number(_connections);
        archive.Numbers(_hours);
        _days.Persist(archive, static (archive, day) => archive.Index(day, DateOnly.MaxValue.DayNumber));
        _firstNs = archive.Number(_firstNs);
        _lastNs = archive.Number(_lastNs);
        _clients.Persist(archive, StateValues.Address);
        _servers.Persist(archive, StateValues.Address);
        _issuers.Persist(archive, StateValues.Text);
        _interfaces.Persist(archive, StateValues.Text);
        _sent.Persist(archive);
        _received.Persist(archive);
        Flows?.Persist(archive);
    }

    /// <param name="key">The service.</param>
    /// <param name="periods">Periods in which hosts use it, in nanoseconds.</param>
    public LearnedEntry ToEntry(TrafficKey key, LearnedSet<long> periods) => new()
    {
        FromRole = key.FromRole,
        ToRole = key.ToRole,
        FromSegment = key.FromSegment,
        ToSegment = key.ToSegment,
        Transport = key.Transport,
        Ports = key.Ports,
        Name = key.Name,
        Connections = _connections,
        FirstNs = _firstNs,
        LastNs = _lastNs,
        Days = [.. _days.Kept.Select(DateOnly.FromDayNumber)],
        Hours = [.. _hours],
        Clients = SetOf(_clients),
        Servers = SetOf(_servers),
        Sent = _sent.ToDistribution(),
        Received = _received.ToDistribution(),
        Issuers = SetOf(_issuers),
        Interfaces = SetOf(_interfaces),
        Periods = periods,
    };

    private static LearnedSet<T> SetOf<T>(BottomKSet<T> set) => new([.. set.Kept], set.IsOverflown);
}
