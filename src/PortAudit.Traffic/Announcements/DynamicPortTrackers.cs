using System.Collections.Immutable;
using PortAudit.Traffic.Announcements.DceRpc;
using PortAudit.Traffic.Announcements.Ftp;
using PortAudit.Traffic.Announcements.H323;
using PortAudit.Traffic.Announcements.Megaco;
using PortAudit.Traffic.Announcements.Mgcp;
using PortAudit.Traffic.Announcements.OncRpc;
using PortAudit.Traffic.Announcements.Pptp;
using PortAudit.Traffic.Announcements.Rtsp;
using PortAudit.Traffic.Announcements.Sip;
using PortAudit.Traffic.Announcements.Skinny;
using PortAudit.Traffic.Announcements.Smb;
using PortAudit.Traffic.Announcements.Stun;
using PortAudit.Traffic.Announcements.Tds;
using PortAudit.Traffic.Announcements.Tftp;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Announcements;

/// <summary>
/// The control protocols, each with what makes the tracker of a conversation: one row adds one. L2TP, whose responder may answer from another port (RFC 2661 §8.1), is not among them: no message names
/// that port, and the answer that comes from it is L2TP by its own bytes, which say who asked.
/// </summary>
internal static class DynamicPortTrackers
{
    /// <summary>Makers of trackers by the registry names of their protocols.</summary>
    public static readonly ImmutableArray<(string Protocol, Func<IDynamicPortTracker> Begin)> Rows =
    [
        ("dcerpc", () => new DceRpcPortTracker()),
        ("ftp", () => new FtpPortTracker()),
        ("h225", () => new H225PortTracker()),
        ("h245", () => new H245PortTracker()),
        ("megaco", () => new MegacoPortTracker()),
        ("mgcp", () => new MgcpPortTracker()),
        ("msturn", () => new StunPortTracker("msturn", isMicrosoft: true)),
        ("portmap", () => new RpcPortTracker()),
        ("pptp", () => new PptpPortTracker()),
        ("rpc", () => new RpcPortTracker()),
        ("rtsp", () => new RtspPortTracker()),
        ("sip", () => new SipPortTracker()),
        ("skinny", () => new SkinnyPortTracker()),
        ("smb", () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true))),
        ("smb2", () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true))),
        ("ssrp", () => new SsrpPortTracker()),
        ("stun", () => new StunPortTracker("stun", isMicrosoft: false)),
        ("tftp", () => new TftpPortTracker()),
    ];

    private static readonly ImmutableArray<int> PlaceByRow = [.. ProtocolRegistry.Rows.Select(row => Rows.ToList().FindIndex(tracker => tracker.Protocol == row.Name))];

    /// <summary>Place in <see cref="Rows"/> of the tracker for a protocol, -1 when it announces nothing.</summary>
    /// <param name="protocolRow">Index of the protocol in the registry plus one; 0 while it is unknown.</param>
    public static int PlaceOf(int protocolRow) => protocolRow == 0 ? -1 : PlaceByRow[protocolRow - 1];
}
