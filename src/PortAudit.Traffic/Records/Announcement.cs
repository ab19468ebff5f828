using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>
/// A port that a conversation made known before, or while, others use it: an answer of the endpoint mapper, an address
/// in SDP, a passive port of FTP. A fact of the traffic, whether or not anybody uses the port.
/// </summary>
public sealed record Announcement
{
    /// <summary>Number of the announcement in the observation, by the order of frames, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Registry name of the protocol that announced it.</summary>
    public required string AnnouncedBy { get; init; }

    /// <summary>The end that serves that protocol.</summary>
    public required Endpoint Announcer { get; init; }

    /// <summary>True when nobody pointed to the port: somebody called the service by its name on the port itself (a
    /// bind of DCE/RPC).</summary>
    public bool IsOnPortItself { get; init; }

    /// <summary>The announced end. Its port is 0 for a transport without ports.</summary>
    public required Endpoint Server { get; init; }

    /// <summary>The transport protocol on which it is reached.</summary>
    public required IpProtocol Transport { get; init; }

    /// <summary>For whom it was announced; null when it holds for anyone.</summary>
    public required IpAddress? For { get; init; }

    /// <summary>Registry name of the protocol that is to be spoken there; null when the announcement leaves it
    /// open.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the service: of an RPC interface, an instance of SQL Server, a kind of media; null without
    /// one.</summary>
    public string? Service { get; init; }

    /// <summary>What identifies the service to programs, for example the UUID of an RPC interface; null without
    /// one.</summary>
    public string? ServiceId { get; init; }

    /// <summary>
    /// True for a service that listens whether or not it is announced (RPC, SQL Server): a flow that began before
    /// explains itself by it as well. False for a port that is opened for one purpose (data of FTP, media).
    /// </summary>
    public bool IsStanding { get; init; }

    /// <summary>
    /// True for a candidate of ICE (RFC 8445 §5.1.1), one of several ends to try, most of which are never used. Its
    /// host opens flows from the end as well as receives them there, so that it does not tell who opened a flow, and
    /// explains none of the control conversations that the host has from there.
    /// </summary>
    public bool IsCandidate { get; init; }

    /// <summary>Time of the frame that announced it, in nanoseconds since the Unix epoch.</summary>
    public required long SeenNs { get; init; }

    /// <summary>From when a flow may use it; not after <see cref="SeenNs"/>.</summary>
    public required long FromNs { get; init; }

    /// <summary>Until when a flow may begin to use it; null when nothing ends it.</summary>
    public long? UntilNs { get; init; }

    /// <summary>How often it was announced: repetitions that hold at the same time are one announcement.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The frame that announced it first.</summary>
    public required FrameReference Frame { get; init; }

    /// <summary><see cref="FlowRecord.Id"/> of the flow that announced it.</summary>
    public required ulong FlowId { get; init; }
}

/// <summary>How well an announcement explains a flow. Weakest first: a larger value is a better explanation.</summary>
public enum AnnouncementGrade : byte
{
    /// <summary>The service was called by its name on the port itself.</summary>
    OnPortItself,

    /// <summary>The port was announced to another client, or to this one only after the flow had begun.</summary>
    ToAnotherClient,

    /// <summary>The port was announced to this client, or to anyone.</summary>
    ToThisClient,
}

/// <summary>The names of <see cref="AnnouncementGrade"/> in output.</summary>
public static class AnnouncementGradeText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this AnnouncementGrade grade) => grade switch
    {
        AnnouncementGrade.ToThisClient => "announced-to-this-client",
        AnnouncementGrade.ToAnotherClient => "announced-to-another-client",
        AnnouncementGrade.OnPortItself => "bind-on-the-port",
    };
}

/// <summary>What explains a flow on a port that nobody can know from a document.</summary>
/// <param name="Announcement">The announcement.</param>
/// <param name="Grade">How well it explains the flow.</param>
public sealed record AnnouncementMatch(Announcement Announcement, AnnouncementGrade Grade);
