using System.Collections.Immutable;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Announcements;

/// <summary>
/// The announcements, within a bound. A flow is matched with them by end and time when it ends: everything that was announced while it lasted is known then, and nothing depends on which of
/// two flows the walk met first.
/// </summary>
internal sealed class AnnouncementBook
{
    /// <summary>Announcements that are kept at most, some 400 bytes each; of more the oldest are forgotten.</summary>
    public const int Maximum = 131_072;

    /// <summary>Announcements of one end that a flow is compared with at most, from the latest back. Those to its own client have a list of their own.</summary>
    public const int MaximumCompared = 256;

    private readonly int _maximum;
    private readonly LinkedList<Entry> _all = new();
    private readonly Dictionary<AnnouncedEnd, LinkedList<Entry>> _byServer = [];
    private readonly Dictionary<ClientEnd, LinkedList<Entry>> _byClient = [];
    private readonly AnnouncedEndFilter _ends = new();
    private int _numbers;
    private int _look;

    /// <summary>Makes an empty book for at most <paramref name="maximum"/> announcements, the first of which gets <paramref name="firstNumber"/>.</summary>
    public AnnouncementBook(int maximum = Maximum, int firstNumber = 1) => (_maximum, _numbers) = (maximum, firstNumber - 1);

    /// <summary>True when something that was announced of an end is kept.</summary>
    public bool Holds(in IpAddress address, ushort port, IpProtocol transport) => _ends.MayHold(address, port, transport) && _byServer.ContainsKey(new AnnouncedEnd(new Endpoint(address, port), transport));

    /// <summary>Announcements that were made or withdrawn so far, repetitions included.</summary>
    public long Made { get; private set; }

    /// <summary>Announcements that were forgotten.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Enters an announcement. One that repeats another that still holds lengthens it where the service stands or the repetition says that it renews.</summary>
    public void Add(in AnnouncementDraft draft, in AnnouncementOrigin origin)
    {
        Made++;
        long? until = draft.LifetimeNs is { } lifetime ? Math.Min(origin.SeenNs, long.MaxValue - lifetime) + lifetime : null;
        if ((draft.IsStanding || draft.IsRenewal) && Find(draft, origin) is { } known)
        {
            known.Announcement = known.Announcement with { UntilNs = until, Times = known.Announcement.Times + 1 };
            return;
        }

        Enter(new Announcement
        {
            Number = ++_numbers,
            AnnouncedBy = origin.Protocol,
            Announcer = origin.Service,
            IsOnPortItself = draft.IsOnPortItself,
            Server = draft.Server,
            Transport = draft.Transport,
            For = draft.For,
            Protocol = draft.Protocol,
            Service = draft.Service,
            ServiceId = draft.ServiceId,
            IsStanding = draft.IsStanding,
            IsCandidate = draft.IsCandidate,
            SeenNs = origin.SeenNs,
            FromNs = origin.SeenNs - Math.Max(draft.LeadNs, AnnouncementDraft.DefaultLeadNs),
            UntilNs = until,
            Frame = origin.Frame,
            FlowId = origin.FlowId,
        });
        if (_all.Count > _maximum)
            Forget(_all.First!.Value);
    }

    /// <summary>Ends what a control conversation announced of an end.</summary>
    public void Withdraw(Endpoint server, IpProtocol transport, ulong flowId, long atNs)
    {
        Made++;
        if (!_byServer.TryGetValue(new AnnouncedEnd(server, transport), out var entries))
            return;
        foreach (var entry in Latest(entries))
        {
            if (entry.Announcement.FlowId == flowId && Holds(entry.Announcement, atNs))
                entry.Announcement = entry.Announcement with { UntilNs = atNs };
        }
    }

    /// <summary>What explains a flow best; null when nothing does.</summary>
    public AnnouncementMatch? Match(in AnnouncedFlow flow)
    {
        AnnouncementMatch? best = null;
        foreach (var entry in Candidates(flow))
        {
            if (GradeOf(entry.Announcement, flow) is not { } grade)
                continue;
            var match = new AnnouncementMatch(entry.Announcement, grade);
            if (best is null || IsBetter(match, best, flow))
                best = match;
        }

        return best;
    }

    /// <summary>Begins a look at the flows that are under way: those of an earlier one are forgotten.</summary>
    public void BeginLook() => _look++;

    /// <summary>Counts a flow for what was announced to it: one that has ended for good, one that is under way until another look begins.</summary>
    public void NoteUse(in AnnouncedFlow flow, bool isUnderWay = false)
    {
        foreach (var entry in Candidates(flow))
        {
            if (!IsUsedBy(entry.Announcement, flow))
                continue;
            if (isUnderWay)
                entry.CountUnderWay(flow, _look);
            else
                entry.Count(flow);
        }
    }

    /// <summary>The announcements with what became of them, by their numbers; with the flows under way that the latest look found.</summary>
    public ImmutableArray<AnnouncementUse> ToUses() => [.. _all.Select(entry => entry.ToUse(_look))];

    /// <summary>How well an announcement explains a flow; null when it does not. A conversation is not explained by what it says itself: that a request of TFTP comes from the end that it announces, for example.</summary>
    private static AnnouncementGrade? GradeOf(Announcement announcement, in AnnouncedFlow flow)
    {
        if (announcement.IsOnPortItself)
            return AnnouncementGrade.OnPortItself;
        if (IsNoUse(announcement, flow))
            return null;
        var isInTime = announcement.FromNs <= flow.StartNs && Holds(announcement, flow.StartNs);
        if (!isInTime && !announcement.IsStanding)
            return null;
        return isInTime && (announcement.For is null || announcement.For == flow.Client) ? AnnouncementGrade.ToThisClient : AnnouncementGrade.ToAnotherClient;
    }

    /// <summary>True when a flow of those for whom an announcement was made lasted while it held, whether or not it began before. The conversation that made it is no use of it.</summary>
    private static bool IsUsedBy(Announcement announcement, in AnnouncedFlow flow) =>
        (announcement.IsOnPortItself || !IsNoUse(announcement, flow))
        && (announcement.For is null || announcement.For == flow.Client) && announcement.FromNs <= flow.EndNs && Holds(announcement, flow.StartNs);

    private static bool IsNoUse(Announcement announcement, in AnnouncedFlow flow) => announcement.FlowId == flow.FlowId || (announcement.IsCandidate && flow.IsControl);

    private static bool Holds(Announcement announcement, long atNs) => announcement.UntilNs is not { } until || atNs <= until;

    /// <summary>Of explanations of one grade the one is better that names what the flow proved to be, then the latest before its start, then the earliest after.</summary>
    private static bool IsBetter(AnnouncementMatch match, AnnouncementMatch than, in AnnouncedFlow flow)
    {
        if (match.Grade != than.Grade)
            return match.Grade > than.Grade;
        var (own, other) = (match.Announcement, than.Announcement);
        var names = own.Service == flow.Service;
        if (flow.Service is not null && names != (other.Service == flow.Service))
            return names;
        var isBefore = own.SeenNs <= flow.StartNs;
        if (isBefore != other.SeenNs <= flow.StartNs)
            return isBefore;
        return isBefore ? own.Number > other.Number : own.Number < other.Number;
    }

    private static IEnumerable<Entry> Latest(LinkedList<Entry> entries)
    {
        var compared = 0;
        for (var node = entries.Last; node is not null && compared++ < MaximumCompared; node = node.Previous)
            yield return node.Value;
    }

    private IEnumerable<Entry> Candidates(AnnouncedFlow flow)
    {
        if (!_byServer.TryGetValue(flow.End, out var ofServer))
            return [];
        return ofServer.Count <= MaximumCompared
            ? ofServer
            : Latest(ofServer).Concat(LatestFor(flow, flow.Client)).Concat(LatestFor(flow, null)).Distinct();
    }

    private IEnumerable<Entry> LatestFor(AnnouncedFlow flow, IpAddress? client) =>
        _byClient.TryGetValue(new ClientEnd(flow.End, client), out var entries) ? Latest(entries) : [];

    private Entry? Find(AnnouncementDraft draft, AnnouncementOrigin origin)
    {
        if (!_byClient.TryGetValue(new ClientEnd(new AnnouncedEnd(draft.Server, draft.Transport), draft.For), out var entries))
            return null;
        return Latest(entries).FirstOrDefault(entry => entry.Announcement is var known
            && known.AnnouncedBy == origin.Protocol
            && (draft.IsStanding || known.FlowId == origin.FlowId)
            && known.IsOnPortItself == draft.IsOnPortItself
            && known.Service == draft.Service
            && known.ServiceId == draft.ServiceId
            && Holds(known, origin.SeenNs));
    }

    private void Enter(Announcement announcement)
    {
        var entry = new Entry(announcement);
        entry.OfAll = _all.AddLast(entry);
        var end = new AnnouncedEnd(announcement.Server, announcement.Transport);
        _ends.Add(end);
        entry.OfServer = ListOf(_byServer, end).AddLast(entry);
        entry.OfClient = ListOf(_byClient, new ClientEnd(end, announcement.For)).AddLast(entry);
    }

    private void Forget(Entry entry)
    {
        var announcement = entry.Announcement;
        _all.Remove(entry.OfAll!);
        var end = new AnnouncedEnd(announcement.Server, announcement.Transport);
        Remove(_byServer, end, entry.OfServer!);
        Remove(_byClient, new ClientEnd(end, announcement.For), entry.OfClient!);
        if (++Forgotten % _maximum == 0)
            FilterAnew();
    }

    /// <summary>The filter knows nothing of what was forgotten: before it lets too much pass, it is made again.</summary>
    private void FilterAnew()
    {
        _ends.Clear();
        foreach (var end in _byServer.Keys)
            _ends.Add(end);
    }

    private static LinkedList<Entry> ListOf<TKey>(Dictionary<TKey, LinkedList<Entry>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = new LinkedList<Entry>());
        return list;
    }

    private static void Remove<TKey>(Dictionary<TKey, LinkedList<Entry>> lists, TKey key, LinkedListNode<Entry> node)
        where TKey : notnull
    {
        var list = lists[key];
        list.Remove(node);
        if (list.Count == 0)
            lists.Remove(key);
    }

    private readonly record struct ClientEnd(AnnouncedEnd End, IpAddress? For)
    {
        public bool Equals(ClientEnd other) => End.Equals(other.End) && For.HasValue == other.For.HasValue && For.GetValueOrDefault() == other.For.GetValueOrDefault();

        public override int GetHashCode() => HashCode.Combine(End.GetHashCode(), For.GetValueOrDefault().High, For.GetValueOrDefault().Low);
    }

    private sealed class Entry(Announcement announcement)
    {
        private UseTally _ended = new();
        private UseTally _withUnderWay = new();
        private int _look;

        public Announcement Announcement { get; set; } = announcement;

        public LinkedListNode<Entry>? OfAll { get; set; }

        public LinkedListNode<Entry>? OfServer { get; set; }

        public LinkedListNode<Entry>? OfClient { get; set; }

        public void Count(in AnnouncedFlow flow) => _ended.Count(flow);

        public void CountUnderWay(in AnnouncedFlow flow, int look)
        {
            if (_look != look)
                (_withUnderWay, _look) = (_ended, look);
            _withUnderWay.Count(flow);
        }

        public AnnouncementUse ToUse(int look) => (look > 0 && _look == look ? _withUnderWay : _ended).ToUse(Announcement);
    }

    private struct UseTally()
    {
        private long _flows;
        private long _firstNs = long.MaxValue;
        private long _lastNs = long.MinValue;
        private long _longestPauseNs;

        public void Count(in AnnouncedFlow flow)
        {
            if (_flows++ > 0)
                _longestPauseNs = Math.Max(_longestPauseNs, flow.StartNs - _lastNs);
            _firstNs = Math.Min(_firstNs, flow.StartNs);
            _lastNs = Math.Max(_lastNs, flow.EndNs);
        }

        public readonly AnnouncementUse ToUse(Announcement announcement) => new()
        {
            Announcement = announcement,
            Flows = _flows,
            FirstNs = _flows == 0 ? null : _firstNs,
            LastNs = _flows == 0 ? null : _lastNs,
            LongestPauseNs = _longestPauseNs,
        };
    }
}
