using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Endpoints announced by the sessions of a control conversation, so that the end of a session, or a new
/// offer, withdraws them. A session (a call) has parties, each with the endpoints of its latest description. An
/// endpoint named by several sessions is withdrawn with the last of them.</summary>
internal sealed class AnnouncedEndpoints
{
    /// <summary>Sessions tracked per connection. Announcements of older ones stay valid for their lifetime.</summary>
    public const int MaximumSessions = 1024;

    /// <summary>Endpoints tracked per session: media of a conference, each with its candidates.</summary>
    public const int MaximumEndpoints = 256;

    // Created at the first announcement: most conversations (registrations, checks) make none.
    private Dictionary<ulong, Session>? _sessions;
    private LinkedList<Session>? _order;
    private Dictionary<AnnouncedEndpoint, int>? _holders;

    /// <summary>Announces an endpoint of a session. One already named by the session stays valid; one named since
    /// <see cref="Begin"/> is not announced again.</summary>
    public void Announce(ulong session, ulong party, AnnouncementDraft draft, AnnouncementNotes notes)
    {
        var endpoints = Find(session)?.Endpoints;
        var known = endpoints?.Find(end => end.Party == party && end.IsAt(draft.Server, draft.Transport));
        if (known is { IsNamed: true })
            return;
        var isRenewal = known is not null
            || (endpoints?.Exists(end => end.IsAt(draft.Server, draft.Transport)) ?? false);
        if (!notes.Announce(draft with { IsRenewal = isRenewal }))
            return;
        if (known is not null)
            known.IsNamed = true;
        else
            Keep(FindOrAdd(session), new TrackedEndpoint(party, draft.Server, draft.Transport));
    }

    /// <summary>Begins a new description by a party, which names all its endpoints again.</summary>
    public void Begin(ulong session, ulong party)
    {
        if (Find(session) is not { } found)
            return;
        foreach (var end in found.Endpoints)
            end.IsNamed &= end.Party != party;
    }

    /// <summary>Withdraws the party's endpoints not named since <see cref="Begin"/>.</summary>
    public void Finish(ulong session, ulong party, AnnouncementNotes notes)
    {
        if (Find(session) is { } found)
            WithdrawUnnamed(found, party, notes);
    }

    /// <summary>Marks a session as accepted: refusing a later change does not end it.</summary>
    public void Accept(ulong session)
    {
        if (Find(session) is { } found)
            found.IsAccepted = true;
    }

    public bool IsAccepted(ulong session) => Find(session) is { IsAccepted: true };

    public void Withdraw(ulong session, AnnouncementNotes notes)
    {
        if (Find(session) is not { } ended)
            return;
        Withdraw(ended, _ => true, notes);
        Forget(ended);
    }

    public void Withdraw(ulong session, ulong party, AnnouncementNotes notes)
    {
        if (Find(session) is { } found)
            WithdrawAll(found, party, notes);
    }

    public void Clear()
    {
        _sessions?.Clear();
        _order?.Clear();
        _holders?.Clear();
    }

    private void WithdrawUnnamed(Session session, ulong party, AnnouncementNotes notes) =>
        Withdraw(session, end => end.Party == party && !end.IsNamed, notes);

    private void WithdrawAll(Session session, ulong party, AnnouncementNotes notes) =>
        Withdraw(session, end => end.Party == party, notes);

    private void Withdraw(Session session, Predicate<TrackedEndpoint> condition,
        AnnouncementNotes notes) => session.Endpoints.RemoveAll(end =>
    {
        if (!condition(end))
            return false;
        if (Release(end))
            notes.Withdraw(end.Server, end.Transport, MediaPort.LingerNs);
        return true;
    });

    private void Keep(Session session, TrackedEndpoint end)
    {
        if (session.Endpoints.Count == MaximumEndpoints)
            return;
        session.Endpoints.Add(end);
        var key = new AnnouncedEndpoint(end.Server, end.Transport);
        _holders ??= [];
        _holders[key] = _holders.GetValueOrDefault(key) + 1;
    }

    /// <summary>Releases an endpoint; true when no other session uses it.</summary>
    private bool Release(TrackedEndpoint end)
    {
        var key = new AnnouncedEndpoint(end.Server, end.Transport);
        if (--_holders![key] > 0)
            return false;
        _holders.Remove(key);
        return true;
    }

    private Session? Find(ulong session) => _sessions?.GetValueOrDefault(session);

    private Session FindOrAdd(ulong key)
    {
        if (Find(key) is { } known)
            return known;
        (_sessions, _order) = (_sessions ?? [], _order ?? new LinkedList<Session>());
        if (_sessions.Count == MaximumSessions)
            Forget(_order.First!.Value);
        var session = new Session(key);
        session.Node = _order.AddLast(session);
        _sessions.Add(key, session);
        return session;
    }

    private void Forget(Session session)
    {
        session.Endpoints.ForEach(end => Release(end));
        _order!.Remove(session.Node!);
        _sessions!.Remove(session.Key);
    }

    private sealed class Session(ulong key)
    {
        public ulong Key => key;

        public List<TrackedEndpoint> Endpoints { get; } = [];

        public bool IsAccepted { get; set; }

        public LinkedListNode<Session>? Node { get; set; }
    }

    private sealed class TrackedEndpoint(ulong party, Endpoint server, IpProtocol transport)
    {
        public ulong Party => party;

        public Endpoint Server => server;

        public IpProtocol Transport => transport;

        public bool IsNamed { get; set; } = true;

        public bool IsAt(Endpoint end, IpProtocol over) => Server == end && Transport == over;
    }
}

/// <summary>An endpoint that was announced, or may have been.</summary>
/// <param name="Server">Its address and port.</param>
/// <param name="Transport">The transport protocol on which it is reached.</param>
internal readonly record struct AnnouncedEndpoint(Endpoint Server, IpProtocol Transport)
{
    /// <inheritdoc />
    public bool Equals(AnnouncedEndpoint other) =>
        Server.Address == other.Server.Address && Server.Port == other.Server.Port && Transport == other.Transport;

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Server.Address.High, Server.Address.Low, Server.Port, Transport.Value);
}
