using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What a tracker read in one message or datagram. Reused for the next one.</summary>
/// <param name="memory">Memory budget shared with other notes; null for a separate one.</param>
internal sealed class AnnouncementNotes(TrackerMemory? memory = null)
{
    /// <summary>Announcements and withdrawals per reading; a complete endpoint map in one segment has some
    /// hundred.</summary>
    public const int Maximum = 1024;

    private readonly List<AnnouncementDraft> _drafts = [];
    private readonly List<Withdrawal> _withdrawn = [];
    private readonly List<CarriedDraft> _carried = [];

    /// <summary>Budget for partial messages kept by a tracker; returned when the tracker is cleared.</summary>
    public TrackerMemory Memory { get; } = memory ?? new TrackerMemory();

    public List<AnnouncementDraft> Drafts => _drafts;

    /// <summary>Endpoints no longer announced.</summary>
    public List<Withdrawal> Withdrawn => _withdrawn;

    /// <summary>Uses of the connection.</summary>
    public List<CarriedDraft> Carried => _carried;

    /// <summary>Announcements and withdrawals beyond <see cref="Maximum"/>, and messages beyond other limits.</summary>
    public int NotTaken { get; private set; }

    /// <summary>True when encryption hides the rest, or announcements in it.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>True when an encrypted conversation continues in clear.</summary>
    public bool IsUnsealed { get; private set; }

    /// <summary>True when nothing that follows can announce anything.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True when the conversation was answered; <see cref="Refusal"/> says how.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>The refusal; null when accepted or not answered.</summary>
    public RefusalDraft? Refusal { get; private set; }

    /// <summary>Sets the response to the conversation's request, replacing an earlier one.</summary>
    /// <param name="refusal">The refusal; null when accepted.</param>
    public void Answer(RefusalDraft? refusal) => (HasAnswer, Refusal) = (true, refusal);

    /// <summary>Adds an announcement. Ignores endpoints on which no host can listen: port 0 of a transport with ports,
    /// and unspecified or broadcast addresses (RFC 6890). Accepts multicast groups, for media.</summary>
    /// <returns>False when ignored.</returns>
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

    /// <summary>Adds the end of an announcement. Flows may still begin for <paramref name="lingerNs"/> nanoseconds, as
    /// the endpoints may stop at different times.</summary>
    public void Withdraw(Endpoint server, IpProtocol transport, long lingerNs = 0)
    {
        if (_withdrawn.Count == Maximum)
            NotTaken++;
        else
            _withdrawn.Add(new Withdrawal(server, transport, lingerNs));
    }

    public void Carry(CarriedKind kind, string name, ushort operation = 0)
    {
        if (_carried.Count == Maximum)
            NotTaken++;
        else
            _carried.Add(new CarriedDraft(kind, name, operation));
    }

    /// <summary>Adds the uses of an inner conversation.</summary>
    public void TakeOverUses(AnnouncementNotes inner) => _carried.AddRange(inner._carried);

    /// <summary>Adds what was read in an inner conversation. Whether that is over or hidden does not affect this
    /// one.</summary>
    /// <param name="inner">Its notes.</param>
    /// <param name="announcedBy">Registry name of its protocol.</param>
    public void TakeOver(AnnouncementNotes inner, string announcedBy)
    {
        foreach (var draft in inner._drafts)
            Announce(draft with { AnnouncedBy = announcedBy });
        foreach (var (server, transport, lingerNs) in inner._withdrawn)
            Withdraw(server, transport, lingerNs);
        NotTaken += inner.NotTaken;
    }

    /// <summary>Marks the rest as hidden by encryption: nothing more is passed.</summary>
    public void Hide() => IsHidden = IsOver = true;

    /// <summary>Marks messages with announcements as encrypted while others stay readable. Called once per
    /// conversation.</summary>
    public void HideSome() => IsHidden = true;

    /// <summary>Marks an encrypted conversation as continuing in clear.</summary>
    public void Unseal() => IsUnsealed = true;

    /// <summary>Counts a message beyond a limit that may announce ports.</summary>
    public void Miss() => NotTaken++;

    /// <summary>Marks the rest as irrelevant: nothing more is passed.</summary>
    public void End() => IsOver = true;

    public void Clear()
    {
        _drafts.Clear();
        _withdrawn.Clear();
        _carried.Clear();
        (NotTaken, IsHidden, IsOver, IsUnsealed) = (0, false, false, false);
        (HasAnswer, Refusal) = (false, null);
    }
}
