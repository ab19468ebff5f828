using PortAudit.Audit.Behaviour;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Learning.Examples;

/// <summary>What a flow's proved protocol says about its kind.</summary>
internal static class ProvedKind
{
    /// <summary>A file server's connection that carries so much, in bytes, is a transfer of files; with less it may be
    /// anything.</summary>
    private const long LargeBytes = 1_000_000;

    /// <summary>Share of a transfer that passes one way.</summary>
    private const double OneWay = 0.9;

    /// <summary>True when the flow is an example: its protocol is proved and of one kind, or of none to name.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="rtpType">RTP payload type of the frame that proved it; null when it is no RTP.</param>
    /// <param name="kind">The kind; null for none of them.</param>
    public static bool TryTell(FlowRecord flow, int? rtpType, out BehaviourKind? kind)
    {
        kind = null;
        var hasPorts = flow.Transport == IpProtocol.Tcp || flow.Transport == IpProtocol.Udp;
        if (!hasPorts || flow.Protocol is null || flow.ProtocolBasis < IdentificationBasis.Announced)
            return false;
        switch (flow.Protocol)
        {
            case "rtp":
                kind = MediaOf(flow, rtpType);
                return kind is not null;
            case "rdp" or "rdpudp" or "vnc" or "teamviewer" or "anydesk" or "radmin" or "x11":
                kind = BehaviourKind.RemoteDesktop;
                return true;
            case "ftp-data" or "tftp":
                kind = BehaviourKind.BulkTransfer;
                return true;
            case "smb" or "smb2" or "nfs" or "afp":
                kind = BehaviourKind.BulkTransfer;
                return IsLargeAndOneWay(flow);
            case "dns" or "ldap" or "cldap" or "kerberos" or "dcerpc" or "snmp" or "tds" or "mysql" or "pgsql" or "tns"
                or "resp" or "modbus" or "dnp3" or "iec104" or "s7comm" or "opcua" or "ethernet-ip" or "bacnet"
                or "radius" or "rpc" or "portmap" or "mount" or "winsrepl":
                kind = BehaviourKind.RequestResponse;
                return true;
            case "ssh" or "telnet":
                kind = BehaviourKind.InteractiveShell;
                return !IsLargeAndOneWay(flow); // a copy of files, perhaps
            case "http" or "http2":
                kind = BehaviourKind.Web;
                return flow.StartedAs is null;
            case "tls" or "quic":
                kind = BehaviourKind.Web;
                return IsWebByAlpn(flow);
            case "openvpn" or "wg" or "esp" or "l2tp" or "gtp" or "vxlan" or "geneve" or "teredo":
                kind = BehaviourKind.Tunnel;
                return true;
            case "stun" or "msturn" or "dtls" or "isakmp" or "nbss" or "socks" or "proxy" or "cotp" or "bittorrent"
                or "bt-utp" or "echo" or "iax2":
                return false; // they carry another kind, or several
            default:
                return true;
        }
    }

    /// <summary>By the announced kind of media, else by a static payload type (RFC 3551 §6).</summary>
    private static BehaviourKind? MediaOf(FlowRecord flow, int? rtpType) =>
        flow.Announcement?.Announcement.Service switch
        {
            "audio" => BehaviourKind.Voice,
            "video" => BehaviourKind.Video,
            _ => rtpType switch
            {
                >= 0 and <= 18 => BehaviourKind.Voice,
                26 or 28 or 31 or 32 or 33 or 34 => BehaviourKind.Video,
                _ => null,
            },
        };

    private static bool IsWebByAlpn(FlowRecord flow) =>
        flow.Tls is { } tls && (tls.SelectedAlpn ?? tls.OfferedAlpn.FirstOrDefault()) is "h2" or "http/1.1" or "h3";

    private static bool IsLargeAndOneWay(FlowRecord flow)
    {
        var (sent, received) = (flow.Out.PayloadBytes, flow.In.PayloadBytes);
        return sent + received >= LargeBytes && Math.Max(sent, received) >= OneWay * (sent + received);
    }
}
