using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit;

/// <summary>Makes announcements for flows of <see cref="FlowSample"/>.</summary>
internal static class AnnouncementSample
{
    /// <summary>The announcement of a flow's responder to its originator, ten seconds before
    /// <see cref="FlowSample.Start"/>, in frame <paramref name="number"/> of the first capture.</summary>
    public static Announcement Of(FlowRecord flow, int number, string announcedBy, string? service) => new()
    {
        Number = number,
        AnnouncedBy = announcedBy,
        Announcer = flow.Responder with { Port = 135 },
        Server = flow.Responder,
        Transport = flow.Transport,
        For = flow.Originator.Address,
        Protocol = announcedBy,
        Service = service,
        IsStanding = true,
        SeenNs = FlowSample.Start - (10 * FlowSample.Second),
        FromNs = FlowSample.Start - (10 * FlowSample.Second),
        Frame = new FrameReference(0, number),
        FlowId = 1,
    };

    /// <summary>The flow, explained by an announcement.</summary>
    public static FlowRecord Announced(this FlowRecord flow, int number, string announcedBy = "dcerpc",
        string? service = null, AnnouncementGrade grade = AnnouncementGrade.ToThisClient) => flow with
        {
            Announcement = new AnnouncementMatch(Of(flow, number, announcedBy, service)
            with
            { IsOnPortItself = grade == AnnouncementGrade.OnPortItself }, grade),
            Protocol = flow.Protocol ?? announcedBy,
            ProtocolBasis = flow.Protocol is null ? IdentificationBasis.Announced : flow.ProtocolBasis,
            Service = flow.Service ?? service,
            ServiceBasis =
                flow.Service is null && service is not null ? IdentificationBasis.Announced : flow.ServiceBasis,
        };

    /// <summary>What became of the announcement that explains a flow.</summary>
    public static AnnouncementUse UseOf(FlowRecord flow, long flows = 1, int waitSeconds = 10, int pauseSeconds = 0) =>
        Use(flow.Announcement!.Announcement, flows, waitSeconds, pauseSeconds);

    public static AnnouncementUse Use(Announcement announcement, long flows, int waitSeconds = 0,
        int pauseSeconds = 0) => new()
        {
            Announcement = announcement,
            Flows = flows,
            FirstNs = flows == 0 ? null : announcement.SeenNs + (waitSeconds * FlowSample.Second),
            LastNs = flows == 0 ? null : announcement.SeenNs + (100 * FlowSample.Second),
            LongestPauseNs = pauseSeconds * FlowSample.Second,
        };
}
