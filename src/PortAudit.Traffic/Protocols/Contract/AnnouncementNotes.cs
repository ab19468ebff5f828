using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What a tracker read in one message or datagram. Used again for the next one.</summary>
/// <param name="memory">Memory that is shared with other notes; null for one of its own.</param>
internal sealed class AnnouncementNotes(TrackerMemory? memory = null)
{
    /// <summary>
    /// Announcements and withdrawals of one reading; a whole endpoint map in one segment has some hundred.
    /// </summary>
    public const int Maximum = 1024;

    private readonly List<AnnouncementDraft> _drafts = [];
    private readonly List<Withdrawal> _withdrawn = [];
    private readonly List<CarriedDraft> _carried = [];

    /// <summary>Room for what a tracker keeps of messages that come in parts; what was taken is given back when the
    /// tracker is cleared.</summary>
    public TrackerMemory Memory { get; } = memory ?? new TrackerMemory();

    /// <summary>What is announced.</summary>
    public List<AnnouncementDraft> Drafts => _drafts;

    /// <summary>Announced ends that are used no longer, each with the time in nanoseconds for which flows may still
    /// begin there.</summary>
    public List<Withdrawal> Withdrawn => _withdrawn;

    /// <summary>What the connection is used for.</summary>
    public List<CarriedDraft> Carried => _carried;

    /// <summary>Announcements and withdrawals beyond <see cref="Maximum"/>, and messages that were beyond another
    /// limit.</summary>
    public int NotTaken { get; private set; }

    /// <summary>True when encryption hides what follows, or what announces among it.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>True when a conversation that was encrypted goes on in clear.</summary>
    public bool IsUnsealed { get; private set; }

    /// <summary>True when nothing that follows can announce anything.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True when the conversation was answered: <see cref="Refusal"/> then tells whether it was
    /// refused.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>How it was refused; null when it was not, or is not answered.</summary>
    public RefusalDraft? Refusal { get; private set; }

    /// <summary>Notes the answer to what the conversation is about, which takes the place of one before.</summary>
    /// <param name="refusal">How it was refused; null when it was not.</param>
    public void Answer(RefusalDraft? refusal) => (HasAnswer, Refusal) = (true, refusal);

    /// <summary>
    /// Notes an announcement. What no host can listen on is left out: port 0 of a transport with ports, and addresses
    /// that are nobody's (RFC 6890): unspecified, broadcast. Groups are taken, as media may go to one.
    /// </summary>
    /// <returns>True when the end can be listened on.</returns>
    public bool Announce(in AnnouncementDraft draft)
    {
        var (address, port) = draft.Server;
        if ((draft.Transport.HasPorts && port == 0) || address.IsUnspecified || address.IsLimitedBroadcast)
            return false;
        if (_drafts.Count == Maximum)
            NotTaken++;
        else
            _drafts.Add(draft);
        return true;
    }

    /// <summary>Notes that an announced end is used no longer.</summary>
    /// <param name="server">The end.</param>
    /// <param name="transport">Its transport protocol.</param>
    /// <param name="lingerNs">How long flows may still begin there, in nanoseconds: both ends need not let go at the
    /// same time.</param>
    public void Withdraw(Endpoint server, IpProtocol transport, long lingerNs = 0)
    {
        if (_withdrawn.Count == Maximum)
            NotTaken++;
        else
            _withdrawn.Add(new Withdrawal(server, transport, lingerNs));
    }

    /// <summary>Notes a use of the connection.</summary>
    public void Carry(CarriedKind kind, string name, ushort operation = 0)
    {
        if (_carried.Count == Maximum)
            NotTaken++;
        else
            _carried.Add(new CarriedDraft(kind, name, operation));
    }

    /// <summary>Takes over what a conversation that goes on inside this one is used for.</summary>
    public void TakeOverUses(AnnouncementNotes inner) => _carried.AddRange(inner._carried);

    /// <summary>Takes over what was read in a conversation that goes on inside this one. Whether that is over or hidden
    /// says nothing of this one.</summary>
    /// <param name="inner">What was read in it.</param>
    /// <param name="announcedBy">Registry name of its protocol.</param>
    public void TakeOver(AnnouncementNotes inner, string announcedBy)
    {
        foreach (var draft in inner._drafts)
            Announce(draft with { AnnouncedBy = announcedBy });
        foreach (var (server, transport, lingerNs) in inner._withdrawn)
            Withdraw(server, transport, lingerNs);
        NotTaken += inner.NotTaken;
    }

    /// <summary>Notes that encryption hides what follows: nothing more is shown.</summary>
    public void Hide() => IsHidden = IsOver = true;

    /// <summary>Notes that encryption hides messages that may announce ports, while others can be read: the
    /// conversation goes on being shown. To be said once of a conversation.</summary>
    public void HideSome() => IsHidden = true;

    /// <summary>Notes that what was encrypted goes on in clear.</summary>
    public void Unseal() => IsUnsealed = true;

    /// <summary>Notes that a message that may announce ports was beyond a limit.</summary>
    public void Miss() => NotTaken++;

    /// <summary>Notes that nothing that follows can announce anything: nothing more is shown.</summary>
    public void End() => IsOver = true;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _drafts.Clear();
        _withdrawn.Clear();
        _carried.Clear();
        (NotTaken, IsHidden, IsOver, IsUnsealed) = (0, false, false, false);
        (HasAnswer, Refusal) = (false, null);
    }
}
