using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>The announcements, within a limit. A flow is matched by endpoint and time when it ends: all announcements
/// during its life are known then, and the order of packets of different flows does not matter.</summary>
internal sealed class ExpectationTable
{
    /// <summary>Announcements kept, some 400 bytes each; beyond it the oldest is dropped.</summary>
    public const int Maximum = 131_072;

    /// <summary>Announcements of an endpoint compared with a flow, latest first. Those to its client have a separate
    /// list.</summary>
    public const int MaximumCompared = 256;

    private readonly int _maximum;
    private readonly Queue<AnnouncementEntry> _all = new();

    /// <summary>The latest of each endpoint, and of each endpoint for one client or for anyone; earlier ones are linked
    /// from it, in order of arrival.</summary>
    private readonly LatestEntries<AnnouncedEndpoint> _latestOfServer = new(entry => EndOf(entry.Announcement));
    private readonly LatestEntries<ClientEnd> _latestOfClient =
        new(entry => new ClientEnd(EndOf(entry.Announcement), entry.Announcement.For));
    private readonly AnnouncedEndpointFilter _endpoints = new();
    private readonly List<AnnouncementEntry> _compared = [];
    private int _numbers;
    private int _look;

    /// <summary>A table for at most <paramref name="maximum"/> announcements, numbered from
    /// <paramref name="firstNumber"/>.</summary>
    public ExpectationTable(int maximum = Maximum, int firstNumber = 1) =>
        (_maximum, _numbers) = (maximum, firstNumber - 1);

    /// <summary>False when no announcement of an endpoint is kept.</summary>
    public bool Holds(in IpAddress address, ushort port, IpProtocol transport) => _endpoints.MayHold(address, port,
        transport) && _latestOfServer.Find(new AnnouncedEndpoint(new Endpoint(address, port), transport)) is not null;

    /// <summary>Announcements made or withdrawn, including repetitions.</summary>
    public long Made { get; private set; }

    /// <summary>Announcements dropped.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Adds an announcement. One that repeats a valid announcement extends it if the service is standing or
    /// the repetition is a renewal.</summary>
    public void Add(in AnnouncementDraft draft, in AnnouncementOrigin origin)
    {
        Made++;
        long? until =
            draft.LifetimeNs is { } lifetime ? Math.Min(origin.SeenNs, long.MaxValue - lifetime) + lifetime : null;
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
            Forget(_all.Dequeue());
    }

    /// <summary>Ends what a control conversation announced of an endpoint.</summary>
    public void Withdraw(Endpoint server, IpProtocol transport, ulong flowId, long atNs)
    {
        Made++;
        var entry = _latestOfServer.Find(new AnnouncedEndpoint(server, transport));
        for (var i = 0; entry is not null && i < MaximumCompared; i++, entry = entry.EarlierOfServer)
        {
            if (entry.Announcement.FlowId == flowId && Holds(entry.Announcement, atNs))
                entry.Announcement = entry.Announcement with { UntilNs = atNs };
        }
    }

    /// <summary>The best explanation of a flow; null without one.</summary>
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

    /// <summary>Begins a snapshot of active flows; those of an earlier one are dropped.</summary>
    public void BeginSnapshot() => _look++;

    /// <summary>Counts a flow for the announcements it matches: a finished one for good, an active one until the next
    /// snapshot.</summary>
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

    /// <summary>The announcements and their use, by number, including active flows of the latest snapshot.</summary>
    public ImmutableArray<AnnouncementUse> ToUses() => [.. _all.Select(entry => entry.ToUse(_look))];

    /// <summary>How well an announcement explains a flow; null when it does not. A conversation is not explained by its
    /// own announcements, such as a TFTP request from the port that it announces.</summary>
    private static AnnouncementGrade? GradeOf(Announcement announcement, in AnnouncedFlow flow)
    {
        if (announcement.IsOnPortItself)
            return AnnouncementGrade.OnPortItself;
        if (IsNoUse(announcement, flow))
            return null;
        var isInTime = announcement.FromNs <= flow.StartNs && Holds(announcement, flow.StartNs);
        if (!isInTime && !announcement.IsStanding)
            return null;
        return isInTime && (announcement.For is null || announcement.For == flow.Client)
            ? AnnouncementGrade.ToThisClient
            : AnnouncementGrade.ToAnotherClient;
    }

    /// <summary>True when a flow of an addressee overlaps the validity of an announcement. The announcing conversation
    /// is no use of it.</summary>
    private static bool IsUsedBy(Announcement announcement, in AnnouncedFlow flow) =>
        (announcement.IsOnPortItself || !IsNoUse(announcement, flow))
        && (announcement.For is null || announcement.For == flow.Client) && announcement.FromNs <= flow.EndNs
        && Holds(announcement, flow.StartNs);

    private static bool IsNoUse(Announcement announcement, in AnnouncedFlow flow) =>
        announcement.FlowId == flow.FlowId || (announcement.IsCandidate && flow.IsControl);

    private static bool Holds(Announcement announcement, long atNs) =>
        announcement.UntilNs is not { } until || atNs <= until;

    /// <summary>Among matches of one grade prefers the one that names the proved service, then the latest before the
    /// flow's start, then the earliest after.</summary>
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

    /// <summary>Announcements to compare a flow with, in a reused list: the latest of the endpoint, and the latest for
    /// the flow's client.</summary>
    private List<AnnouncementEntry> Candidates(in AnnouncedFlow flow)
    {
        _compared.Clear();
        var entry = _latestOfServer.Find(flow.End);
        for (; entry is not null && _compared.Count < MaximumCompared; entry = entry.EarlierOfServer)
            _compared.Add(entry);
        if (entry is not null)
        {
            AddEarlier(entry.Announcement.Number, new ClientEnd(flow.End, flow.Client));
            AddEarlier(entry.Announcement.Number, new ClientEnd(flow.End, null));
        }

        return _compared;
    }

    /// <summary>Adds the latest for a client, except those already in the list.</summary>
    private void AddEarlier(int number, ClientEnd client)
    {
        var entry = _latestOfClient.Find(client);
        for (var i = 0; entry is not null && i < MaximumCompared; i++, entry = entry.EarlierOfClient)
        {
            if (entry.Announcement.Number <= number)
                _compared.Add(entry);
        }
    }

    private AnnouncementEntry? Find(in AnnouncementDraft draft, in AnnouncementOrigin origin)
    {
        var entry = _latestOfClient.Find(
            new ClientEnd(new AnnouncedEndpoint(draft.Server, draft.Transport), draft.For));
        for (var i = 0; entry is not null && i < MaximumCompared; i++, entry = entry.EarlierOfClient)
        {
            if (IsRepeated(entry.Announcement, draft, origin))
                return entry;
        }

        return null;
    }

    private static bool IsRepeated(Announcement known, in AnnouncementDraft draft, in AnnouncementOrigin origin) =>
        known.AnnouncedBy == origin.Protocol
        && (draft.IsStanding || known.FlowId == origin.FlowId)
        && known.IsOnPortItself == draft.IsOnPortItself
        && known.Service == draft.Service
        && known.ServiceId == draft.ServiceId
        && Holds(known, origin.SeenNs);

    private void Enter(Announcement announcement)
    {
        var entry = new AnnouncementEntry(announcement);
        _all.Enqueue(entry);
        _endpoints.Add(EndOf(announcement));
        entry.Follow(_latestOfServer.Replace(entry), _latestOfClient.Replace(entry));
    }

    /// <summary>Drops the oldest announcement, which is also the oldest of its endpoint and client.</summary>
    private void Forget(AnnouncementEntry entry)
    {
        var end = EndOf(entry.Announcement);
        if (entry.LaterOfServer is { } ofServer)
            ofServer.EarlierOfServer = null;
        else
            _latestOfServer.Remove(end);
        if (entry.LaterOfClient is { } ofClient)
            ofClient.EarlierOfClient = null;
        else
            _latestOfClient.Remove(new ClientEnd(end, entry.Announcement.For));
        if (++Forgotten % _maximum == 0)
            RebuildFilter();
    }

    /// <summary>Rebuilds the filter before dropped announcements make it useless.</summary>
    private void RebuildFilter()
    {
        _endpoints.Clear();
        foreach (var end in _latestOfServer.Keys)
            _endpoints.Add(end);
    }

    private static AnnouncedEndpoint EndOf(Announcement announcement) =>
        new(announcement.Server, announcement.Transport);

    private readonly record struct ClientEnd(AnnouncedEndpoint End, IpAddress? For)
    {
        public bool Equals(ClientEnd other) => End.Equals(other.End) && For.HasValue == other.For.HasValue
            && For.GetValueOrDefault() == other.For.GetValueOrDefault();

        public override int GetHashCode() =>
            HashCode.Combine(End.GetHashCode(), For.GetValueOrDefault().High, For.GetValueOrDefault().Low);
    }
}
