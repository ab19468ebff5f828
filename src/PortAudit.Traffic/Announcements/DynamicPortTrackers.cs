using System.Collections.Immutable;
using PortAudit.Traffic.Announcements.Ftp;
using PortAudit.Traffic.Announcements.H323;
using PortAudit.Traffic.Announcements.Megaco;
using PortAudit.Traffic.Announcements.Mgcp;
using PortAudit.Traffic.Announcements.Rtsp;
using PortAudit.Traffic.Announcements.Sip;
using PortAudit.Traffic.Announcements.Skinny;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Announcements;

/// <summary>The control protocols, each with what makes the tracker of a conversation: one row adds one.</summary>
internal static class DynamicPortTrackers
{
    /// <summary>Makers of trackers by the registry names of their protocols.</summary>
    public static readonly ImmutableArray<(string Protocol, Func<IDynamicPortTracker> Begin)> Rows =
    [
        ("ftp", () => new FtpPortTracker()),
        ("h225", () => new H225PortTracker()),
        ("h245", () => new H245PortTracker()),
        ("megaco", () => new MegacoPortTracker()),
        ("mgcp", () => new MgcpPortTracker()),
        ("rtsp", () => new RtspPortTracker()),
        ("sip", () => new SipPortTracker()),
        ("skinny", () => new SkinnyPortTracker()),
    ];

    private static readonly ImmutableArray<int> PlaceByRow = [.. ProtocolRegistry.Rows.Select(row => Rows.ToList().FindIndex(tracker => tracker.Protocol == row.Name))];

    /// <summary>Place in <see cref="Rows"/> of the tracker for a protocol, -1 when it announces nothing.</summary>
    /// <param name="protocolRow">Index of the protocol in the registry plus one; 0 while it is unknown.</param>
    public static int PlaceOf(int protocolRow) => protocolRow == 0 ? -1 : PlaceByRow[protocolRow - 1];
}
