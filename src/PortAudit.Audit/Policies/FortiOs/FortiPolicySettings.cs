using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Settings of a policy by what they do (FortiOS CLI Reference, <c>firewall policy</c>).</summary>
internal static class FortiPolicySettings
{
    /// <summary>Values that switch a setting off or are its default.</summary>
    private static readonly ImmutableHashSet<string> Off =
        ["", "disable", "0", "none", "default", "0x00", "255", "unlimited", "0000-00-00", "00:00:00"];

    /// <summary>Settings that are read elsewhere, or that change what is logged, inspected, shaped or translated but
    /// not what passes.</summary>
    private static readonly ImmutableHashSet<string> Read =
    [
        "name", "uuid", "uuid-idx", "srcintf", "dstintf", "srcaddr", "dstaddr", "srcaddr6", "dstaddr6",
        "srcaddr-negate", "dstaddr-negate", "srcaddr6-negate", "dstaddr6-negate", "service", "service-negate",
        "action", "status", "schedule", "comments", "label", "global-label", "internet-service",
        "internet-service-src", "internet-service6", "internet-service6-src", "match-vip", "match-vip-only",
        "send-deny-packet", "policyid", "intf", "interface", "protocol", "start-port", "end-port", "nat", "nat46",
        "nat64", "ippool", "poolname", "poolname6", "fixedport", "permit-any-host", "permit-stun-host", "natip",
        "natinbound", "natoutbound", "inbound", "outbound", "logtraffic", "logtraffic-start", "log-unmatched-traffic",
        "capture-packet", "auto-asic-offload", "np-acceleration", "utm-status", "utm-inspection-mode",
        "inspection-mode", "profile-type", "profile-group", "av-profile", "webfilter-profile", "dnsfilter-profile",
        "emailfilter-profile", "spamfilter-profile", "dlp-sensor", "dlp-profile", "file-filter-profile", "ips-sensor",
        "application-list", "voip-profile", "ips-voip-filter", "sctp-filter-profile", "icap-profile", "cifs-profile",
        "videofilter-profile", "waf-profile", "ssh-filter-profile", "profile-protocol-options", "ssl-ssh-profile",
        "casb-profile", "virtual-patch-profile", "diameter-filter-profile", "traffic-shaper",
        "traffic-shaper-reverse", "per-ip-shaper", "session-ttl", "wccp", "tcp-session-without-syn", "anti-replay",
        "tcp-mss-sender", "tcp-mss-receiver", "diffserv-forward", "diffserv-reverse", "diffservcode-forward",
        "diffservcode-rev", "diffserv-copy", "vlan-cos-fwd", "vlan-cos-rev", "timeout-send-rst",
        "replacemsg-override-group", "custom-log-fields", "tags", "scan-botnet-connections", "block-notification",
        "redirect-url", "rtp-nat", "rtp-addr", "delay-tcp-npu-session", "email-collect", "geoip-anycast", "wanopt",
        "wanopt-detection", "wanopt-passive-opt", "wanopt-profile", "wanopt-peer", "webcache", "webcache-https",
        "webproxy-profile", "webproxy-forward-server", "firewall-session-dirty", "ztna-tags-match-logic",
        "policy-behaviour-type", "ip-version-type", "ssl-mirror", "ssl-mirror-intf", "decrypted-traffic-mirror",
        "radius-mac-auth-bypass", "dynamic-shaping", "passive-wan-health-measurement", "fec", "cgn-session-quota",
        "cgn-resource-quota", "cgn-eif", "cgn-eim", "cgn-log-server-grp", "policy-offload", "port-preserve",
        "pcp-outbound", "pcp-inbound", "fsso", "ntlm", "ntlm-guest", "auth-path", "auth-cert", "auth-redirect-addr",
        "disclaimer", "learning-mode", "schedule-timeout", "reputation-direction", "reputation-direction6",
        "tos-mask", "tos-negate", "vlan-filter-enable", "match-vip6", "logtraffic-app", "identity-from",
        "internet-service-negate", "internet-service-src-negate", "internet-service-name",
        "internet-service-src-name", "internet-service-id", "internet-service-src-id", "internet-service-group",
        "internet-service-src-group", "internet-service-custom", "internet-service-src-custom", "app-monitor",
        "internet-service-custom-group", "internet-service-src-custom-group", "dsri", "sgt-check",
        "enforce-default-app-port", "ztna-device-ownership", "internet-service-fortiguard", "port-random",
    ];

    /// <summary>Settings that narrow a policy by what a capture does not show.</summary>
    private static readonly ImmutableDictionary<string, ConditionKind> Narrowing =
        ImmutableDictionary.CreateRange<string, ConditionKind>(
        [
            new("groups", ConditionKind.User),
            new("users", ConditionKind.User),
            new("fsso-groups", ConditionKind.User),
            new("identity-based", ConditionKind.User),
            new("application", ConditionKind.Application),
            new("app-category", ConditionKind.Application),
            new("app-group", ConditionKind.Application),
            new("url-category", ConditionKind.Application),
            new("tos", ConditionKind.Header),
            new("vlan-filter", ConditionKind.Header),
            new("vpntunnel", ConditionKind.Ipsec),
        ]);

    /// <summary>What a policy asks for beyond addresses and services. Settings that are not known count as such.
    /// </summary>
    public static ImmutableArray<PolicyCondition> Conditions(FortiBlock policy, PolicyDraft draft)
    {
        var conditions = ImmutableArray.CreateBuilder<PolicyCondition>();
        foreach (var setting in policy.Settings)
        {
            if (Read.Contains(setting.Name) || setting.Words.All(word => Off.Contains(word)))
                continue;
            var isKnown = Narrowing.TryGetValue(setting.Name, out var kind);
            Add(isKnown ? kind : ConditionKind.Other, setting, isKnown
                ? $"'{setting.Name}' asks for what a capture does not show"
                : $"'{ConfigurationText.Shown(setting.Name)}' is not evaluated");
        }

        if (policy.Setting("schedule") is { } schedule && schedule.Text is not ("always" or ""))
            Add(ConditionKind.Schedule, schedule, "the times of a schedule are not evaluated");
        if (policy.Value("action") is "ipsec" or "ssl-vpn")
            Add(ConditionKind.Ipsec, policy.Setting("action")!, "what a tunnel takes is not evaluated");
        foreach (var block in policy.Blocks)
        {
            conditions.Add(new PolicyCondition(ConditionKind.Other, ConfigurationText.Shown(block.Name)));
            block.Mark(FortiUse.NotEvaluable, $"'{ConfigurationText.Shown(block.Name)}' is not evaluated");
        }

        return conditions.ToImmutable();

        void Add(ConditionKind kind, FortiSetting setting, string reason)
        {
            conditions.Add(new PolicyCondition(kind, ConfigurationText.Shown($"{setting.Name} {setting.Text}")));
            draft.NotEvaluable(setting.Line, reason);
        }
    }
}
