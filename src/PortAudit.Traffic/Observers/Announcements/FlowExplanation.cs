using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>The announcements about one flow.</summary>
/// <param name="Match">What explains the flow; null without.</param>
/// <param name="LowIsAnnounced">True when the low endpoint of the flow's key was announced.</param>
/// <param name="HighIsAnnounced">True when the high endpoint was.</param>
/// <param name="IsByOriginator">True when the announced endpoint is currently the originator. As it listens, the flow
/// is to be flipped, unless a stronger basis contradicts.</param>
internal readonly record struct FlowExplanation(
    AnnouncementMatch? Match,
    bool LowIsAnnounced,
    bool HighIsAnnounced,
    bool IsByOriginator = false
)
{
    public bool IsAnnounced(Side side) => side == Side.Low ? LowIsAnnounced : HighIsAnnounced;

    /// <summary>True when either endpoint was announced.</summary>
    public bool HasAnnouncements => LowIsAnnounced || HighIsAnnounced;
}
