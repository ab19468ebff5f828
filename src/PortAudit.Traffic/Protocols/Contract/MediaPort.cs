using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What is common to the announcements of ports for media, whoever signals them.</summary>
internal static class MediaPort
{
    /// <summary>
    /// How long a port may be used when no end of its call is seen, in nanoseconds: by default call managers end a
    /// call after that time. A silent or held call starts flows much later.
    /// </summary>
    public const long LifetimeNs = 12L * 3_600 * 1_000_000_000;

    /// <summary>How much earlier media may begin than their announcement, in nanoseconds: an answer that was lost is
    /// sent again after at most four seconds (RFC 3261 §13.3.1.4, T2), while media already flow.</summary>
    public const long LeadNs = 4L * 1_000_000_000;

    /// <summary>How much longer media may begin than their call, in nanoseconds: the message that ends it may have to
    /// be repeated for 32 seconds until the other end has it (RFC 3261 §17.1.2.2, 64*T1).</summary>
    public const long LingerNs = 32L * 1_000_000_000;

    /// <summary>Registry name of RTP.</summary>
    public const string RtpProtocol = "rtp";

    /// <summary>Registry name of RTCP.</summary>
    public const string RtcpProtocol = "rtcp";

    /// <summary>A port for RTP.</summary>
    public static AnnouncementDraft Rtp(Endpoint end, string? kind) => Of(end, IpProtocol.Udp, RtpProtocol, kind);

    /// <summary>A port for RTCP.</summary>
    public static AnnouncementDraft Rtcp(Endpoint end, string? kind) => Of(end, IpProtocol.Udp, RtcpProtocol, kind);

    /// <summary>
    /// A port for media over any transport, told to nobody in particular: who signals need not be who sends. What goes
    /// to a group (music on hold, paging) goes there before and after a call joins it.
    /// </summary>
    public static AnnouncementDraft Of(Endpoint end, IpProtocol transport, string? protocol, string? kind) =>
        new(end, transport, null)
        {
            Protocol = protocol,
            Service = kind,
            LifetimeNs = LifetimeNs,
            LeadNs = LeadNs,
            IsStanding = end.Address.IsMulticast
        };

    /// <summary>The end one port higher, where RTCP is by convention if RTP has an even one (RFC 3550 §11); false
    /// behind the last port.</summary>
    public static bool TryGetNext(Endpoint end, out Endpoint next)
    {
        next = end with { Port = (ushort)(end.Port + 1) };
        return next.Port != 0;
    }
}
