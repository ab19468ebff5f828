using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Announcements;

/// <summary>What a tracker read in one message or datagram. Used again for the next one.</summary>
internal sealed class AnnouncementNotes
{
    /// <summary>Announcements and withdrawals of one reading at most: a whole endpoint map of a domain controller in one segment has some hundred.</summary>
    public const int Maximum = 1024;

    private readonly List<AnnouncementDraft> _drafts = [];
    private readonly List<(Endpoint Server, IpProtocol Transport, long LingerNs)> _withdrawn = [];

    /// <summary>What is announced.</summary>
    public IReadOnlyList<AnnouncementDraft> Drafts => _drafts;

    /// <summary>Announced ends that are used no longer, each with the time in nanoseconds for which flows may still begin there.</summary>
    public IReadOnlyList<(Endpoint Server, IpProtocol Transport, long LingerNs)> Withdrawn => _withdrawn;

    /// <summary>Announcements and withdrawals beyond <see cref="Maximum"/>.</summary>
    public int NotTaken { get; private set; }

    /// <summary>True when encryption hides what follows.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>True when nothing that follows can announce anything.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Notes an announcement. What no host can listen on is left out: port 0 of a transport with ports, and addresses that are nobody's (RFC 6890): unspecified, broadcast.
    /// Groups are taken, as media may go to one.
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
    /// <param name="lingerNs">How long flows may still begin there, in nanoseconds: both ends need not let go at the same time.</param>
    public void Withdraw(Endpoint server, IpProtocol transport, long lingerNs = 0)
    {
        if (_withdrawn.Count == Maximum)
            NotTaken++;
        else
            _withdrawn.Add((server, transport, lingerNs));
    }

    /// <summary>Notes that encryption hides what follows: nothing more is shown.</summary>
    public void Hide() => IsHidden = IsOver = true;

    /// <summary>Notes that nothing that follows can announce anything: nothing more is shown.</summary>
    public void End() => IsOver = true;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _drafts.Clear();
        _withdrawn.Clear();
        (NotTaken, IsHidden, IsOver) = (0, false, false);
    }
}
