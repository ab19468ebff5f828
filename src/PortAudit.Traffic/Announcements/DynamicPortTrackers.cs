using System.Collections.Immutable;
using PortAudit.Traffic.Announcements.DceRpc;
using PortAudit.Traffic.Announcements.Ftp;
using PortAudit.Traffic.Announcements.OncRpc;
using PortAudit.Traffic.Announcements.Smb;
using PortAudit.Traffic.Announcements.Tds;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Announcements;

/// <summary>The control protocols, each with what makes the tracker of a conversation: one row adds one.</summary>
internal static class DynamicPortTrackers
{
    /// <summary>Makers of trackers by the registry names of their protocols.</summary>
    public static readonly ImmutableArray<(string Protocol, Func<IDynamicPortTracker> Begin)> Rows =
    [
        ("dcerpc", () => new DceRpcPortTracker()),
        ("ftp", () => new FtpPortTracker()),
        ("portmap", () => new RpcPortTracker()),
        ("rpc", () => new RpcPortTracker()),
        ("smb", () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true))),
        ("smb2", () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true))),
        ("ssrp", () => new SsrpPortTracker()),
    ];

    private static readonly ImmutableArray<int> PlaceByRow = [.. ProtocolRegistry.Rows.Select(row => Rows.ToList().FindIndex(tracker => tracker.Protocol == row.Name))];

    /// <summary>Place in <see cref="Rows"/> of the tracker for a protocol, -1 when it announces nothing.</summary>
    /// <param name="protocolRow">Index of the protocol in the registry plus one; 0 while it is unknown.</param>
    public static int PlaceOf(int protocolRow) => protocolRow == 0 ? -1 : PlaceByRow[protocolRow - 1];
}
