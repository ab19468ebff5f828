namespace PortAudit.Traffic.Records;

/// <summary>What explains a flow on a port that nobody can know from a document.</summary>
/// <param name="Announcement">The announcement.</param>
/// <param name="Grade">How well it explains the flow.</param>
public sealed record AnnouncementMatch(Announcement Announcement, AnnouncementGrade Grade);
