using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How announced ports are persisted.</summary>
internal static class AnnouncementContent
{
    private static readonly Announcement Blank = new()
    {
        Number = 0,
        AnnouncedBy = "",
        Announcer = default,
        Server = default,
        Transport = default,
        For = null,
        SeenNs = 0,
        FromNs = 0,
        Frame = default,
        FlowId = 0,
    };

    /// <summary>An announcement, which may explain several flows.</summary>
    public static Announcement Announcement(this StateArchive archive, Announcement? announcement) =>
        archive.Shared(announcement, Content);

    public static AnnouncementUse Use(StateArchive archive, AnnouncementUse? use) => new()
    {
        Announcement = archive.Announcement(use?.Announcement),
        Flows = archive.Number(use?.Flows ?? 0),
        FirstNs = archive.NumberOrNull(use?.FirstNs),
        LastNs = archive.NumberOrNull(use?.LastNs),
        LongestPauseNs = archive.Number(use?.LongestPauseNs ?? 0),
    };

    private static Announcement Content(StateArchive archive, Announcement? announcement)
    {
        var own = announcement ?? Blank;
        return own with
        {
            Number = archive.Count(own.Number) + archive.AnnouncementsBefore,
            AnnouncedBy = archive.Text(own.AnnouncedBy),
            Announcer = archive.Endpoint(own.Announcer),
            IsOnPortItself = archive.Flag(own.IsOnPortItself),
            Server = archive.Endpoint(own.Server),
            Transport = archive.Transport(own.Transport),
            For = archive.Optional(own.For, StateValues.Address),
            Protocol = archive.TextOrNull(own.Protocol),
            Service = archive.TextOrNull(own.Service),
            ServiceId = archive.TextOrNull(own.ServiceId),
            IsStanding = archive.Flag(own.IsStanding),
            IsCandidate = archive.Flag(own.IsCandidate),
            SeenNs = archive.Number(own.SeenNs),
            FromNs = archive.Number(own.FromNs),
            UntilNs = archive.NumberOrNull(own.UntilNs),
            Times = archive.Count(own.Times),
            Frame = archive.Frame(own.Frame),
            FlowId = archive.Unsigned(own.FlowId),
        };
    }
}
