using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Dynamic;

/// <summary>What was seen between two roles on the dynamic ports of one rule.</summary>
internal sealed class DynamicPortTally : IArchived
{
    /// <summary>Services kept of a pair of roles, the first in order.</summary>
    public const int MaximumServices = 1_000;

    private readonly long[] _byGrade = new long[(int)AnnouncementGrade.ToThisClient + 1];
    private readonly BottomKMap<ServiceKey, ServiceTally> _services =
        new(MaximumServices, Comparer<ServiceKey>.Default);

    public long Flows { get; private set; }

    public long Unexplained { get; private set; }

    /// <summary>Ports that were announced, or on which explained flows ran.</summary>
    public HashSet<ushort> Ports { get; } = [];

    public HashSet<Rule> Rules { get; } = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<(ServiceKey Key, ServiceTally Tally)> Services =>
        _services.Values.Select(tally => (tally.Key, tally));

    public bool HasMoreServices => _services.IsOverflown;

    public long Of(AnnouncementGrade grade) => _byGrade[(int)grade];

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        Flows += flow.Count;
        foreach (var judged in judgement.Rules)
        {
            if (judged.Rule.IsDynamic)
                Rules.Add(judged.Rule.Rule);
        }

        if (flow.Announcement is not { } match)
        {
            Unexplained += judgement.Verdict == Verdict.UnobservableDynamic ? 0 : flow.Count;
            return;
        }

        _byGrade[(int)match.Grade] += flow.Count;
        Ports.Add(match.Announcement.Server.Port);
        var key = ServiceKey.Of(match.Announcement);
        _services.GetOrAdd(key, () => new ServiceTally(key))?.Add(match.Announcement, flow.Count);
    }

    public void UnionWith(DynamicPortTally other)
    {
        Flows += other.Flows;
        Unexplained += other.Unexplained;
        Rules.UnionWith(other.Rules);
        Ports.UnionWith(other.Ports);
        for (var grade = 0; grade < _byGrade.Length; grade++)
            _byGrade[grade] += other._byGrade[grade];
        _services.UnionWith(other._services, theirs => new ServiceTally(theirs.Key),
            (own, theirs) => own.UnionWith(theirs));
    }

    public void Persist(StateArchive archive)
    {
        Flows = archive.Number(Flows);
        Unexplained = archive.Number(Unexplained);
        archive.Set(Rules, static (archive, rule) =>
            archive.Rule(rule is null ? null : archive.Knowledge.BoundOf(rule)).Rule, ByIndex(archive));
        archive.Set(Ports, StateValues.Port);
        archive.Numbers(_byGrade);
        _services.Persist(archive, ServiceKey.Persisted,
            StateArchive.Making<ServiceKey, ServiceTally>(static key => new ServiceTally(key)));
    }

    private static Comparer<Rule> ByIndex(StateArchive archive) =>
        Comparer<Rule>.Create((a, b) =>
            archive.Knowledge.BoundOf(a).Index.CompareTo(archive.Knowledge.BoundOf(b).Index));

    /// <summary>A service of one announcer.</summary>
    internal readonly record struct ServiceKey(string AnnouncedBy, bool IsOnPortItself, string? Name, string? Protocol,
        string? Id) : IComparable<ServiceKey>
    {
        public static ServiceKey Of(Announcement announcement) =>
            new(announcement.AnnouncedBy, announcement.IsOnPortItself, announcement.Service, announcement.Protocol,
                announcement.ServiceId);

        public static ServiceKey Persisted(StateArchive archive, ServiceKey key) => new(
            archive.Text(key.AnnouncedBy), archive.Flag(key.IsOnPortItself), archive.TextOrNull(key.Name),
            archive.TextOrNull(key.Protocol), archive.TextOrNull(key.Id));

        public int CompareTo(ServiceKey other)
        {
            var order = string.CompareOrdinal(AnnouncedBy, other.AnnouncedBy);
            if (order == 0)
                order = IsOnPortItself.CompareTo(other.IsOnPortItself);
            if (order == 0)
                order = string.CompareOrdinal(Name, other.Name);
            if (order == 0)
                order = string.CompareOrdinal(Protocol, other.Protocol);
            return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
        }
    }

    /// <summary>The flows of a service.</summary>
    internal sealed class ServiceTally(ServiceKey key) : IArchived
    {
        /// <summary>The service.</summary>
        public ServiceKey Key => key;

        public long Flows { get; private set; }

        public HashSet<ushort> Ports { get; } = [];

        public long FirstNs { get; private set; } = long.MaxValue;

        public FrameReference Frame { get; private set; }

        public void Add(Announcement announcement, long flows)
        {
            Flows += flows;
            Ports.Add(announcement.Server.Port);
            TakeEarlier(announcement.SeenNs, announcement.Frame);
        }

        public void UnionWith(ServiceTally other)
        {
            Flows += other.Flows;
            Ports.UnionWith(other.Ports);
            TakeEarlier(other.FirstNs, other.Frame);
        }

        public void Persist(StateArchive archive)
        {
            Flows = archive.Number(Flows);
            archive.Set(Ports, StateValues.Port);
            FirstNs = archive.Number(FirstNs);
            Frame = archive.Frame(Frame);
        }

        private void TakeEarlier(long seenNs, FrameReference frame)
        {
            if (seenNs < FirstNs || (seenNs == FirstNs && frame.CompareTo(Frame) < 0))
                (FirstNs, Frame) = (seenNs, frame);
        }
    }
}
