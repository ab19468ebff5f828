namespace PortAudit.Traffic.Records;

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
