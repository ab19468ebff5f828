using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What a tracker reads of an announcement; who made it, when and in which frame is known to its
/// observer.</summary>
/// <param name="Server">The announced end; its port is 0 only for a transport without ports.</param>
/// <param name="Transport">The transport protocol on which it is reached.</param>
/// <param name="For">For whom; null for anyone.</param>
internal readonly record struct AnnouncementDraft(Endpoint Server, IpProtocol Transport, IpAddress? For)
{
    /// <summary>How much earlier than its announcement any flow may begin, in nanoseconds: a capture of several
    /// interfaces may have recorded the two in another order.</summary>
    public const long DefaultLeadNs = 100_000_000;

    /// <summary>Registry name of the protocol that announces it, where that goes on inside another, as the endpoint
    /// mapper does in SMB; null for the flow's own.</summary>
    public string? AnnouncedBy { get; init; }

    /// <summary>Registry name of the protocol that is to be spoken there; null when that is left open.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the service; null without one.</summary>
    public string? Service { get; init; }

    /// <summary>What identifies the service to programs; null without one.</summary>
    public string? ServiceId { get; init; }

    /// <summary>See <see cref="Announcement.IsStanding"/>.</summary>
    public bool IsStanding { get; init; }

    /// <summary>See <see cref="Announcement.IsOnPortItself"/>.</summary>
    public bool IsOnPortItself { get; init; }

    /// <summary>See <see cref="Announcement.IsCandidate"/>.</summary>
    public bool IsCandidate { get; init; }

    /// <summary>True when it says that what its own conversation announced before goes on holding: the refresh of an
    /// allocation.</summary>
    public bool IsRenewal { get; init; }

    /// <summary>How long a flow may begin to use it, in nanoseconds; null while nothing ends it.</summary>
    public long? LifetimeNs { get; init; }

    /// <summary>How much earlier than its announcement a flow may begin, in nanoseconds; never less than
    /// <see cref="DefaultLeadNs"/>.</summary>
    public long LeadNs { get; init; }
}

/// <summary>That an announced end is used no longer.</summary>
/// <param name="Server">The end.</param>
/// <param name="Transport">Its transport protocol.</param>
/// <param name="LingerNs">How long flows may still begin there, in nanoseconds.</param>
internal readonly record struct Withdrawal(Endpoint Server, IpProtocol Transport, long LingerNs);
