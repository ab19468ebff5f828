using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>An announcement as read by a tracker; who made it, when and in which frame is added by the
/// observer.</summary>
/// <param name="Server">The announced endpoint; port 0 only for a transport without ports.</param>
/// <param name="Transport">Its transport protocol.</param>
/// <param name="For">The client it was announced to; null for anyone.</param>
internal readonly record struct AnnouncementDraft(Endpoint Server, IpProtocol Transport, IpAddress? For)
{
    /// <summary>How much earlier than its announcement a flow may begin, in nanoseconds: a capture of several
    /// interfaces may swap the two.</summary>
    public const long DefaultLeadNs = 100_000_000;

    /// <summary>Registry name of the announcing protocol if it runs inside another, such as the endpoint mapper in SMB;
    /// null for the flow's own.</summary>
    public string? AnnouncedBy { get; init; }

    /// <summary>Registry name of the announced protocol; null when unspecified.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the service; null without one.</summary>
    public string? Service { get; init; }

    /// <summary>Identifier of the service; null without one.</summary>
    public string? ServiceId { get; init; }

    /// <summary>See <see cref="Announcement.IsStanding"/>.</summary>
    public bool IsStanding { get; init; }

    /// <summary>See <see cref="Announcement.IsOnPortItself"/>.</summary>
    public bool IsOnPortItself { get; init; }

    /// <summary>See <see cref="Announcement.IsCandidate"/>.</summary>
    public bool IsCandidate { get; init; }

    /// <summary>True when it renews earlier announcements of its conversation: the refresh of an allocation.</summary>
    public bool IsRenewal { get; init; }

    /// <summary>How long it is valid for new flows, in nanoseconds; null for unlimited.</summary>
    public long? LifetimeNs { get; init; }

    /// <summary>How much earlier than its announcement a flow may begin, in nanoseconds; at least
    /// <see cref="DefaultLeadNs"/>.</summary>
    public long LeadNs { get; init; }
}

/// <summary>The end of an announcement.</summary>
/// <param name="Server">The endpoint.</param>
/// <param name="Transport">Its transport protocol.</param>
/// <param name="LingerNs">How long flows may still begin, in nanoseconds.</param>
internal readonly record struct Withdrawal(Endpoint Server, IpProtocol Transport, long LingerNs);
