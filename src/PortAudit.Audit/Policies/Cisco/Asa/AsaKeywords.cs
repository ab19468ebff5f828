using System.Collections.Frozen;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>First words of lines that are not about what the ASA lets pass: management, routing, logging, failover,
/// and inspection, which opens only what belongs to a permitted connection (ASA command reference).</summary>
internal static class AsaKeywords
{
    private static readonly FrozenSet<string> OtherWords = new[]
    {
        "aaa", "aaa-server", "access-session", "allocate-interface", "anyconnect", "anyconnect-essentials",
        "app-agent", "arp", "as-path", "asdm", "asp", "auth-prompt", "auto-update", "autostate", "banner", "bfd",
        "bfd-template", "boot", "call-home", "ca", "certificate", "checkheaps", "class-map", "clock", "cluster",
        "clear", "community-list", "compression", "config-register", "configure", "console", "coredump", "crashinfo",
        "crypto", "cts", "ctl-file", "ctl-provider", "ddns", "default-group-policy", "dhcp", "dhcp-client", "dhcpd",
        "dhcprelay", "dns", "dns-group", "dns-group-map", "dns-guard", "domain-name", "duplex", "dynamic-filter",
        "dynamic-map", "eem", "email", "enable", "encryption", "end", "event", "exit", "failover", "firepower", "fips",
        "fixup", "flow-export", "flow-offload", "fragment", "ftp", "ftp-map", "fxos", "ha", "hash", "hostname", "hpm",
        "http", "http-map", "icmp", "igmp", "ikev1", "ikev2", "imap4s", "ip-client", "ipsec", "isakmp", "jumbo-frame",
        "key", "lacp", "ldap", "license", "lisp", "log", "logging", "logout", "mac-address", "mac-address-table",
        "mac-learn", "management-access", "mdm-proxy", "media-termination", "memory", "monitor-interface", "mount",
        "mroute", "mtu", "multicast-routing", "nac-policy", "ngips", "netmod", "no", "ntp", "nve",
        "object-group-search", "ospf", "pager", "parameters", "passwd", "password", "password-policy",
        "password-storage", "pdm", "phone-proxy", "pim", "policy-list", "pop3s", "port-channel", "prefix-list",
        "privilege", "priority-queue", "prompt", "quit", "quota", "redundancy", "regex", "remote-access", "resource",
        "rest-api", "rip", "route-map", "router", "router-id", "sctp-map", "service", "service-interface",
        "service-module", "service-template", "service-policy", "session", "setup", "show", "sla", "smtp-server",
        "smtps", "snmp", "snmp-map", "snmp-server", "software", "speed", "ssh", "ssl", "sunrpc-server", "sw-module",
        "table-map", "tcp-map", "telnet", "terminal", "tftp-server", "threat-detection", "timeout", "tls-proxy",
        "track", "trustpoint", "tunnel-group", "tunnel-group-map", "uauth", "umbrella-global",
        "unified-communications", "url-block", "url-cache", "url-list", "url-server", "user-identity",
        "user-statistics", "username", "virtual", "vpdn", "vpn-sessiondb", "vpnclient", "vpnsetup", "vtp", "vxlan",
        "wccp", "webvpn", "xlate", "zone", "zonelabs-integrity", "building", "current", "using", "hardware:", "serial",
        "cryptochecksum", "cryptochecksum:",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words about what passes that are not evaluated, with the reason.</summary>
    private static readonly FrozenDictionary<string, string> NotEvaluated = new Dictionary<string, string>
    {
        ["established"] = "permitted return connections ('established') are not evaluated",
        ["filter"] = "filters of URLs and active content are not evaluated",
        ["shun"] = "shunned connections are not evaluated",
        ["firewall"] = "transparent mode is not evaluated",
        ["context"] = "a context has a configuration of its own",
        ["mode"] = "contexts have configurations of their own",
        ["changeto"] = "contexts have configurations of their own",
        ["admin-context"] = "contexts have configurations of their own",
        ["dynamic-access-policy-record"] = "policies of VPN users are not evaluated",
        ["conduit"] = "conduits are not evaluated",
        ["outbound"] = "outbound lists of PIX are not evaluated",
        ["apply"] = "outbound lists of PIX are not evaluated",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a first word about something else.</summary>
    public static bool IsOther(string keyword) => OtherWords.Contains(keyword);

    /// <summary>Why lines of a first word are not evaluated; null for any other word.</summary>
    public static string? ReasonOf(string keyword) => NotEvaluated.GetValueOrDefault(keyword);
}
