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
    public static readonly ImmutableArray<TrackerRow> Rows =
    [
        new("dcerpc", () => new DceRpcPortTracker()),
        new("ftp", () => new FtpPortTracker()),
        new("h225", () => new H225PortTracker()),
        new("h245", () => new H245PortTracker()),
        new("megaco", () => new MegacoPortTracker()),
        new("mgcp", () => new MgcpPortTracker()),
        new("msturn", () => new StunPortTracker("msturn", isMicrosoft: true)),
        new("portmap", () => new RpcPortTracker()),
        new("pptp", () => new PptpPortTracker()),
        new("rpc", () => new RpcPortTracker()),
        new("rtsp", () => new RtspPortTracker()),
        new("sip", () => new SipPortTracker()),
        new("skinny", () => new SkinnyPortTracker()),
        new("smb", () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true))),
        new("smb2", () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true))),
        new("ssrp", () => new SsrpPortTracker()),
        new("stun", () => new StunPortTracker("stun", isMicrosoft: false)),
        new("tftp", () => new TftpPortTracker()),
    ];

    private static readonly ImmutableArray<int> PlaceByRow = [.. ProtocolRegistry.Rows.Select(row => PlaceOf(row.Name))];

    /// <summary>Place in <see cref="Rows"/> of the tracker for a protocol, -1 when it announces nothing.</summary>
    /// <param name="protocolRow">Index of the protocol in the registry plus one; 0 while it is unknown.</param>
    public static int PlaceOf(int protocolRow) => protocolRow == 0 ? -1 : PlaceByRow[protocolRow - 1];

    private static int PlaceOf(string protocol)
    {
        for (var place = 0; place < Rows.Length; place++)
        {
            if (Rows[place].Protocol == protocol)
                return place;
        }

        return -1;
    }
}
