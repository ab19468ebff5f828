using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Dynamic;

/// <summary>Tallies dynamically announced ports for every pair of roles: how much announcements explain, as which
/// services, the narrowest sufficient range, and how long a pinhole would have had to stay open.</summary>
/// <param name="index">The rules.</param>
/// <param name="directory">Who has which address.</param>
/// <param name="advice">What the documents advise.</param>
internal sealed class DynamicPortLedger(RuleIndex index, HostDirectory directory, AdviceIndex advice) : IArchived
{
    /// <summary>Announcements whose flows are remembered at most, the latest: more than an observation keeps.</summary>
    private const int MaximumAnnouncements = 262_144;

    private readonly Dictionary<RowKey, DynamicPortTally> _rows = [];
    private readonly BottomKMap<int, RowOfAnnouncement> _byAnnouncement =
        new(MaximumAnnouncements, Comparer<int>.Create((a, b) => b.CompareTo(a)));

    /// <summary>Adds a flow; does nothing unless its port was announced or lies in the range of a rule that asks for
    /// that.</summary>
    public void Add(Judgement judgement)
    {
        var isInRange = judgement.Shown is { IsDynamic: true };
        if (!isInRange && judgement.Flow.Announcement is null)
            return;
        if (judgement.Verdict is Verdict.OutOfScope or Verdict.Background)
            return;
        var key = new RowKey(judgement.FromRole, judgement.ToRole, judgement.Shown, judgement.Flow.Transport);
        TallyOf(key).Add(judgement);
        if (judgement.Flow.Announcement is { } match)
            _byAnnouncement.GetOrAdd(match.Announcement.Number, () => new RowOfAnnouncement(key))?.Add(key);
    }

    /// <summary>Adds what <paramref name="other"/> holds of the same observation, which is not changed.</summary>
    public void UnionWith(DynamicPortLedger other)
    {
        foreach (var (key, tally) in other._rows)
            TallyOf(key).UnionWith(tally);
        _byAnnouncement.UnionWith(other._byAnnouncement, theirs => new RowOfAnnouncement(theirs.Key),
            (own, theirs) => own.Add(theirs.Key));
    }

    public void Persist(StateArchive archive)
    {
        archive.Map(_rows, RowKey.Persisted, static _ => new DynamicPortTally());
        _byAnnouncement.Persist(archive, static (archive, number) => archive.Count(number),
            static (archive, _, row) => new RowOfAnnouncement(RowKey.Persisted(archive, row?.Key ?? default)));
    }

    /// <summary>The rows, by roles and rule.</summary>
    /// <param name="uses">What was announced, and what became of it.</param>
    public ImmutableArray<DynamicPortRow> Rows(ImmutableArray<AnnouncementUse> uses)
    {
        var pinholes = new Dictionary<(RowKey Row, string AnnouncedBy), Pinhole>();
        var ports = _rows.ToDictionary(row => row.Key, row => row.Value.Ports.ToHashSet());
        foreach (var use in uses)
        {
            if (RowOf(use) is not { } key || !ports.TryGetValue(key, out var announced))
                continue;
            announced.Add(use.Announcement.Server.Port);
            if (use.Flows > 0 && !use.Announcement.IsOnPortItself)
                pinholes[(key, use.Announcement.AnnouncedBy)] = Widen(pinholes.GetValueOrDefault((key,
                    use.Announcement.AnnouncedBy)), use);
        }

        return
        [
            .. _rows.Keys.Order().Select(key => RowOf(key, _rows[key], ports[key],
                [.. pinholes.Where(hole => hole.Key.Row == key).Select(hole => hole.Value)])),
        ];
    }

    private static Pinhole Widen(Pinhole? known, AnnouncementUse use) => new(
        use.Announcement.AnnouncedBy,
        (known?.Announcements ?? 0) + 1,
        Math.Max(known?.LongestWaitNs ?? 0, Math.Max(0, use.FirstNs!.Value - use.Announcement.SeenNs)),
        Math.Max(known?.LongestPauseNs ?? 0, use.LongestPauseNs));

    /// <summary>The row of an announcement: that of the flows it explains, else the one in which flows to it would
    /// be.</summary>
    private RowKey? RowOf(AnnouncementUse use)
    {
        var announcement = use.Announcement;
        if (_byAnnouncement.Find(announcement.Number) is { } known)
            return known.Key;
        if (announcement.For is not { } client)
            return null;
        var (from, to) = (directory.Resolve(client), directory.Resolve(announcement.Server.Address));
        return index.Covering(announcement.Transport, announcement.Server.Port, from, to)
            .FirstOrDefault(match => match.Rule.IsDynamic).Rule is { } rule
            ? new RowKey(index.RoleAmong(from, rule.Rule.From), index.RoleAmong(to, rule.Rule.To), rule,
                announcement.Transport)
            : null;
    }

    private DynamicPortRow RowOf(RowKey key, DynamicPortTally tally, HashSet<ushort> announced,
        ImmutableArray<Pinhole> pinholes)
    {
        var ranges = key.Transport.HasPorts ? PortRange.Union(announced) : [];
        PortRange? narrowest = ranges.IsEmpty ? null : new PortRange(ranges[0].First, ranges[^1].Last);
        return new DynamicPortRow
        {
            From = key.From,
            To = key.To,
            Rule = key.Rule?.Rule,
            Transport = key.Transport.ToString(),
            Range = key.Rule?.PortText ?? "",
            Flows = tally.Flows,
            Explained = [.. Enum.GetValues<AnnouncementGrade>().OrderDescending().Where(grade => tally.Of(grade) > 0)
                .Select(grade => KeyValuePair.Create(grade, tally.Of(grade)))],
            Unexplained = tally.Unexplained,
            Services = [.. tally.Services.Select(service => ServiceOf(service.Key, service.Tally))],
            HasMoreServices = tally.HasMoreServices,
            Announced = ranges,
            Narrowest = narrowest,
            Warning = narrowest is { } range && key.Rule is { Rule.AnnouncedBy: var announcers }
                && announcers.Select(name => ProtocolRegistry.Find(name)?.LeastDynamicPorts ?? 0).DefaultIfEmpty().Max()
                    is var least && range.Size < least
                ? $"RPC needs at least {least} ports: with fewer, some DCOM services do not start."
                : null,
            Advice = [.. tally.Rules.SelectMany(advice.About)
                .Concat(key.Rule is { } shown ? advice.About(shown.Rule) : []).DistinctBy(piece => piece.Id)
                .OrderBy(piece => piece.Id, StringComparer.Ordinal)],
            Pinholes = [.. pinholes.OrderBy(hole => hole.AnnouncedBy, StringComparer.Ordinal)],
        };
    }

    private static DynamicService ServiceOf(DynamicPortTally.ServiceKey key,
        DynamicPortTally.ServiceTally tally) => new(
        key.AnnouncedBy, key.IsOnPortItself, key.Protocol, key.Name, key.Id, tally.Flows, PortRange.Union(tally.Ports),
        tally.FirstNs, tally.Frame);

    private DynamicPortTally TallyOf(RowKey key)
    {
        if (!_rows.TryGetValue(key, out var tally))
            _rows.Add(key, tally = new DynamicPortTally());
        return tally;
    }

    /// <summary>The first row, in their order, among those of the flows that an announcement explains.</summary>
    private sealed class RowOfAnnouncement(RowKey key)
    {
        public RowKey Key { get; private set; } = key;

        public void Add(RowKey other) => Key = other.CompareTo(Key) < 0 ? other : Key;
    }

    private readonly record struct RowKey(string From, string To, BoundRule? Rule,
        IpProtocol Transport) : IComparable<RowKey>
    {
        public bool Equals(RowKey other) =>
            From == other.From && To == other.To && Rule?.Index == other.Rule?.Index && Transport == other.Transport;

        public override int GetHashCode() => HashCode.Combine(From, To, Rule?.Index, Transport);

        public static RowKey Persisted(StateArchive archive, RowKey key) =>
            new(archive.Text(key.From), archive.Text(key.To), archive.Optional(key.Rule, StateValues.Rule),
                archive.Transport(key.Transport));

        public int CompareTo(RowKey other)
        {
            var order = string.CompareOrdinal(From, other.From);
            if (order == 0)
                order = string.CompareOrdinal(To, other.To);
            if (order == 0)
                order = (Rule?.Index ?? int.MaxValue).CompareTo(other.Rule?.Index ?? int.MaxValue);
            return order != 0 ? order : Transport.CompareTo(other.Transport);
        }
    }
}
