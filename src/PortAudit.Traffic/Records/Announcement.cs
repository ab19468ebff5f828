using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>A port announced by a conversation before or while it is used: by the endpoint mapper, SDP, FTP's
/// <c>PASV</c> and others. A fact of the traffic, whether or not the port is used.</summary>
public sealed record Announcement
{
    /// <summary>Number of the announcement in the observation, in frame order, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Registry name of the announcing protocol.</summary>
    public required string AnnouncedBy { get; init; }

    /// <summary>The endpoint that serves that protocol.</summary>
    public required Endpoint Announcer { get; init; }

    /// <summary>True when the service was requested by name on the port itself (a bind of DCE/RPC), without a pointer
    /// to it.</summary>
    public bool IsOnPortItself { get; init; }

    /// <summary>The announced endpoint. Port 0 for a transport without ports.</summary>
    public required Endpoint Server { get; init; }

    /// <summary>Its transport protocol.</summary>
    public required IpProtocol Transport { get; init; }

    /// <summary>The client it was announced to; null for anyone.</summary>
    public required IpAddress? For { get; init; }

    /// <summary>Registry name of the announced protocol; null when unspecified.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the service: an RPC interface, an instance of SQL Server, a kind of media; null without
    /// one.</summary>
    public string? Service { get; init; }

    /// <summary>Identifier of the service, for example the UUID of an RPC interface; null without one.</summary>
    public string? ServiceId { get; init; }

    /// <summary>True for a service that listens whether or not it is announced (RPC, SQL Server): it also explains
    /// flows that began earlier. False for a port opened for one purpose (FTP data, media).</summary>
    public bool IsStanding { get; init; }

    /// <summary>True for an ICE candidate (RFC 8445 §5.1.1), one of several endpoints to try, most of them never used.
    /// Its host both opens and receives flows there, so it does not show who opened a flow, and explains none of the
    /// host's control conversations from it.</summary>
    public bool IsCandidate { get; init; }

    /// <summary>Time of the announcing frame, in nanoseconds since the Unix epoch.</summary>
    public required long SeenNs { get; init; }

    /// <summary>Start of its validity; not after <see cref="SeenNs"/>.</summary>
    public required long FromNs { get; init; }

    /// <summary>Latest start of a flow that uses it; null for unlimited.</summary>
    public long? UntilNs { get; init; }

    /// <summary>Number of announcements: repetitions during its validity are merged.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The frame that first announced it.</summary>
    public required FrameReference Frame { get; init; }

    /// <summary><see cref="FlowRecord.Id"/> of the announcing flow.</summary>
    public required ulong FlowId { get; init; }
}

/// <summary>How well an announcement explains a flow, in ascending order.</summary>
public enum AnnouncementGrade : byte
{
    /// <summary>The service was requested by name on the port itself.</summary>
    OnPortItself,

    /// <summary>The port was announced to another client, or to this one only after the flow began.</summary>
    ToAnotherClient,

    /// <summary>The port was announced to this client, or to anyone.</summary>
    ToThisClient,
}

/// <summary>Texts of <see cref="AnnouncementGrade"/> in output.</summary>
public static class AnnouncementGradeText
{
    /// <summary>The text in output.</summary>
    public static string ToText(this AnnouncementGrade grade) => grade switch
    {
        AnnouncementGrade.ToThisClient => "announced-to-this-client",
        AnnouncementGrade.ToAnotherClient => "announced-to-another-client",
        AnnouncementGrade.OnPortItself => "bind-on-the-port",
    };
}

/// <summary>What explains a flow on a dynamic port.</summary>
/// <param name="Announcement">The announcement.</param>
/// <param name="Grade">How well it explains the flow.</param>
public sealed record AnnouncementMatch(Announcement Announcement, AnnouncementGrade Grade);
