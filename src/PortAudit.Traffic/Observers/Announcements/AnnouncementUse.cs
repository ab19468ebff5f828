using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>An announcement, and what became of it. Every flow to an announced end counts for all announcements that
/// then held for it, whichever of them explains the flow.</summary>
public sealed record AnnouncementUse
{
    /// <summary>The announcement.</summary>
    public required Announcement Announcement { get; init; }

    /// <summary>Flows of those for whom it was made that used it.</summary>
    public required long Flows { get; init; }

    /// <summary>Start of the first of them, in nanoseconds since the Unix epoch; null without any.</summary>
    public long? FirstNs { get; init; }

    /// <summary>End of the last of them; null without any.</summary>
    public long? LastNs { get; init; }

    /// <summary>The longest silence between one of them and the next, in nanoseconds: a device that lets the port
    /// through for a time must not close it sooner. 0 for fewer than two.</summary>
    public long LongestPauseNs { get; init; }
}
