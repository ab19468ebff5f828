using System.Collections.Frozen;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>First words of lines that are not about what a router lets pass: management, routing, switching, quality of
/// service, telephony (IOS command references).</summary>
internal static class IosKeywords
{
    private static readonly FrozenSet<string> OtherWords = new[]
    {
        "aaa", "alias", "aqm-register-fnf", "archive", "arp", "authentication", "auto", "banner", "bfd",
        "bfd-template", "boot", "boot-end-marker", "boot-start-marker", "bridge", "bridge-domain", "building", "call",
        "call-home", "card", "cdp", "cef", "chat-script", "class-map", "clear", "clns", "clock", "cns",
        "config-register", "configure", "control-plane", "controller", "cpd", "crypto", "cts", "current", "cwmp",
        "default", "define", "device-tracking", "diagnostic", "dial-peer", "dialer-list", "dot11", "dot1x",
        "downward-compatible-config", "dspfarm", "end", "enable", "endpoint-tracker", "environment", "errdisable",
        "ethernet", "ethernet-services", "event", "exception", "exit", "facility-alarm", "file", "flow", "frame-relay",
        "ftp-server", "gateway", "global-address-family", "gw-accounting", "hostname", "http", "hw-module",
        "id-manager", "ip", "ip-address", "ipc", "ipv4", "ipv6", "isdn", "ixi", "key", "l2", "l2tp-class", "l2vpn",
        "lacp", "last", "ldap", "license", "line", "lldp", "location", "logging", "login", "mac", "mac-address-table",
        "macro", "management", "mediatrace", "memory", "memory-size", "metadata", "mls", "monitor", "mpls",
        "multilink", "multi-config", "no", "nsf", "ntp", "nvram", "parser", "password", "path", "performance",
        "platform", "policy-map", "port-channel", "power", "ppp", "prefix-list", "privilege", "process",
        "process-max-time", "profile", "prompt", "protocol", "pseudowire", "pseudowire-class", "ptp", "qos", "quit",
        "radius", "radius-server", "redundancy", "rep", "resource", "restconf", "rmon", "route-map", "route-tag",
        "router", "router-id", "rtr", "sampler", "scheduler", "secure", "security", "service", "service-policy",
        "sccp", "sdm", "setup", "shutdown", "sip-ua", "snmp", "snmp-server", "spanning-tree", "spd", "srst",
        "stackwise-virtual", "stcapp", "standby", "subscriber", "switch", "system", "table-map", "tacacs",
        "tacacs-server", "tag-switching", "telephony-service", "template", "terminal", "tftp-server", "track",
        "transceiver", "transport-map", "tty", "udld", "unidirectional", "upgrade", "username", "using", "vc-class",
        "version", "vlan", "voice", "voice-card", "voice-port", "vpdn", "vpdn-group", "vrf", "vstack", "vtp", "webvpn",
        "wireless", "wism", "wrr-queue", "wsma", "x25", "xconnect", "yang-interfaces", "netconf-yang", "netconf",
        "extended-network", "feature", "subscriber-service", "mab", "ap", "avc", "cable", "community-list", "as-path",
        "l3vpn", "segment-routing", "snasw", "source", "regexp", "rcmd", "nat64", "nat66", "mobility", "lane", "iox",
        "hsrp", "hash", "group-policy", "dhcp", "dns", "domain", "dlsw", "decnet", "ntp-server", "appletalk", "ipx",
        "app-hosting", "access-session", "apply", "address-family", "atm", "aps", "asnp", "exit-address-family",
        "exit-vrf", "rd", "peer", "pki", "port-security", "port-profile", "rf-switch",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a first word about something else.</summary>
    public static bool IsOther(string keyword) => OtherWords.Contains(keyword);
}
