using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Common properties of announced media ports, for all signalling protocols.</summary>
internal static class MediaPort
{
    /// <summary>How long a port may be used if the end of its call is not seen, in nanoseconds: call managers end calls
    /// after that time by default. A silent or held call starts flows much later.</summary>
    public const long LifetimeNs = 12L * 3_600 * 1_000_000_000;

    /// <summary>How much earlier than their announcement media may begin, in nanoseconds: a lost answer is repeated
    /// after at most four seconds (RFC 3261 §13.3.1.4, T2), while media already flow.</summary>
    public const long LeadNs = 4L * 1_000_000_000;

    /// <summary>How long after their call media may begin, in nanoseconds: the message ending the call may be repeated
    /// for 32 seconds (RFC 3261 §17.1.2.2, 64*T1).</summary>
    public const long LingerNs = 32L * 1_000_000_000;

    /// <summary>Registry name of RTP.</summary>
    public const string RtpProtocol = "rtp";

    /// <summary>Registry name of RTCP.</summary>
    public const string RtcpProtocol = "rtcp";

    /// <summary>A port for RTP.</summary>
    public static AnnouncementDraft Rtp(Endpoint end, string? kind) => Of(end, IpProtocol.Udp, RtpProtocol, kind);

    /// <summary>A port for RTCP.</summary>
    public static AnnouncementDraft Rtcp(Endpoint end, string? kind) => Of(end, IpProtocol.Udp, RtcpProtocol, kind);

    /// <summary>A port for media over any transport, announced to anyone: signalling and media may come from different
    /// hosts. Groups (music on hold, paging) receive media before and after a call joins them.</summary>
    public static AnnouncementDraft Of(Endpoint end, IpProtocol transport, string? protocol, string? kind) =>
        new(end, transport, null)
        {
            Protocol = protocol,
            Service = kind,
            LifetimeNs = LifetimeNs,
            LeadNs = LeadNs,
            IsStanding = end.Address.IsMulticast
        };

    /// <summary>The next higher port, used for RTCP by convention if RTP's is even (RFC 3550 §11); false after the last
    /// port.</summary>
    public static bool TryGetNext(Endpoint end, out Endpoint next)
    {
        next = end with { Port = (ushort)(end.Port + 1) };
        return next.Port != 0;
    }
}
