using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>What the announcements say about one flow.</summary>
/// <param name="Match">What explains the flow; null when nothing does.</param>
/// <param name="LowIsAnnounced">True when anything was announced of the low endpoint of the flow's key.</param>
/// <param name="HighIsAnnounced">The same of the high endpoint.</param>
/// <param name="IsByOriginator"> True when the endpoint that was announced is the one that counts as the originator. It
/// listens: the flow is to be flipped, where no stronger basis says otherwise. </param>
internal readonly record struct FlowExplanation(
    AnnouncementMatch? Match,
    bool LowIsAnnounced,
    bool HighIsAnnounced,
    bool IsByOriginator = false
)
{
    /// <summary>True when anything was announced of the endpoint of a side.</summary>
    public bool IsAnnounced(Side side) => side == Side.Low ? LowIsAnnounced : HighIsAnnounced;

    /// <summary>True when anything was announced of either endpoint.</summary>
    public bool HasAnnouncements => LowIsAnnounced || HighIsAnnounced;
}
