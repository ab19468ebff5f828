using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// What the sessions of a control conversation announced, so that their end, or a new offer, takes it back. A session
/// (a call) has parties, each with the ends that it named last. An end that several sessions name is withdrawn with the
/// last of them.
/// </summary>
internal sealed class AnnouncedEndpoints
{
    /// <summary>
    /// Calls remembered on a connection. What older ones announced stays valid until its lifetime is over.
    /// </summary>
    public const int MaximumSessions = 1024;

    /// <summary>Ends of one session that are remembered at most: media of a conference, each with its
    /// candidates.</summary>
    public const int MaximumEnds = 256;

    // Made for the first announcement: most conversations, registrations and checks, make none.
    private Dictionary<ulong, Session>? _sessions;
    private LinkedList<Session>? _order;
    private Dictionary<AnnouncedEndpoint, int>? _holders;

    /// <summary>Announces an end of a session. One that the session named before goes on holding; one that it named
    /// since <see cref="Begin"/> already is not announced again.</summary>
    public void Announce(ulong session, ulong party, AnnouncementDraft draft, AnnouncementNotes notes)
    {
        var ends = Find(session)?.Ends;
        var known = ends?.Find(end => end.Party == party && end.IsAt(draft.Server, draft.Transport));
        if (known is { IsNamed: true })
            return;
        var isRenewal = known is not null || (ends?.Exists(end => end.IsAt(draft.Server, draft.Transport)) ?? false);
        if (!notes.Announce(draft with { IsRenewal = isRenewal }))
            return;
        if (known is not null)
            known.IsNamed = true;
        else
            Keep(FindOrAdd(session), new End(party, draft.Server, draft.Transport));
    }

    /// <summary>Begins a description by a party: it names its ends again.</summary>
    public void Begin(ulong session, ulong party)
    {
        if (Find(session) is not { } found)
            return;
        foreach (var end in found.Ends)
            end.IsNamed &= end.Party != party;
    }

    /// <summary>Withdraws what a party no longer named since <see cref="Begin"/>.</summary>
    public void Finish(ulong session, ulong party, AnnouncementNotes notes)
    {
        if (Find(session) is { } found)
            WithdrawUnnamed(found, party, notes);
    }

    /// <summary>Notes that a session was accepted: refusing a change of it does not end it.</summary>
    public void Accept(ulong session)
    {
        if (Find(session) is { } found)
            found.IsAccepted = true;
    }

    /// <summary>True for a session that was accepted.</summary>
    public bool IsAccepted(ulong session) => Find(session) is { IsAccepted: true };

    /// <summary>Withdraws what a session announced.</summary>
    public void Withdraw(ulong session, AnnouncementNotes notes)
    {
        if (Find(session) is not { } ended)
            return;
        Withdraw(ended, _ => true, notes);
        Forget(ended);
    }

    /// <summary>Withdraws what a party of a session announced.</summary>
    public void Withdraw(ulong session, ulong party, AnnouncementNotes notes)
    {
        if (Find(session) is { } found)
            WithdrawAll(found, party, notes);
    }

    /// <summary>Forgets everything.</summary>
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

    private void Withdraw(Session session, Predicate<End> condition,
        AnnouncementNotes notes) => session.Ends.RemoveAll(end =>
    {
        if (!condition(end))
            return false;
        if (Release(end))
            notes.Withdraw(end.Server, end.Transport, MediaPort.LingerNs);
        return true;
    });

    private void Keep(Session session, End end)
    {
        if (session.Ends.Count == MaximumEnds)
            return;
        session.Ends.Add(end);
        var key = new AnnouncedEndpoint(end.Server, end.Transport);
        _holders ??= [];
        _holders[key] = _holders.GetValueOrDefault(key) + 1;
    }

    /// <summary>Lets go of an end; true when nobody else has it.</summary>
    private bool Release(End end)
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
        session.Ends.ForEach(end => Release(end));
        _order!.Remove(session.Node!);
        _sessions!.Remove(session.Key);
    }

    private sealed class Session(ulong key)
    {
        public ulong Key => key;

        public List<End> Ends { get; } = [];

        public bool IsAccepted { get; set; }

        public LinkedListNode<Session>? Node { get; set; }
    }

    private sealed class End(ulong party, Endpoint server, IpProtocol transport)
    {
        public ulong Party => party;

        public Endpoint Server => server;

        public IpProtocol Transport => transport;

        public bool IsNamed { get; set; } = true;

        public bool IsAt(Endpoint end, IpProtocol over) => Server == end && Transport == over;
    }
}

/// <summary>An end that was announced, or may have been.</summary>
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
