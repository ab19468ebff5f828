using System.Collections.Frozen;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Parts of a configuration by their names.</summary>
internal static class PanOsSections
{
    /// <summary>Parts that say what passes, or what rules name.</summary>
    public static readonly FrozenSet<string> Policy = FrozenSet.ToFrozenSet(
    [
        "address", "address-group", "service", "service-group", "application", "application-group",
        "application-filter", "external-list", "region", "schedule", "rulebase", "pre-rulebase", "post-rulebase",
        "zone", "description", "devices", "parent-dg",
    ]);

    /// <summary>Parts about something else: management, routing, logs, profiles, names of people.</summary>
    public static readonly FrozenSet<string> Others = FrozenSet.ToFrozenSet(
    [
        "deviceconfig", "network", "mgt-config", "template", "template-stack", "admin-role", "authentication-profile",
        "authentication-sequence", "authentication-object", "authentication-settings", "botnet", "certificate",
        "certificate-profile", "ca-certificate", "captive-portal", "content-preview", "custom-url-category",
        "profiles", "profile-group", "log-settings", "log-collector", "log-collector-group", "local-user-database",
        "server-profile", "ssl-tls-service-profile", "ssl-decrypt", "ssl-exclude-cert", "ssh-service-profile",
        "response-page", "reports", "report-group", "email-scheduler", "tag", "display-name", "import", "setting",
        "settings", "user-id-agent", "user-id-collector", "user-id-agent-sequence", "user-id-hub", "ts-agent",
        "group-mapping", "global-protect", "clientless-app", "clientless-app-group", "dynamic-user-group",
        "device-object", "threats", "override", "scep", "redistribution-agent", "redistribution-collector",
        "vm-info-source", "pdf-summary-report", "sdwan-interface-profile", "application-status", "application-tag",
        "cloud-services", "plugins", "to-sw-version", "reference-templates", "user-group-source", "master-device",
        "wildfire-appliance", "wildfire-appliance-cluster", "operations", "ocsp-responder", "kerberos", "ldap-server",
        "iot", "lcaas-use", "global-protect-mdm", "ntlm-auth", "dns-proxy", "url-admin-override", "url-content-types",
        "dai-object", "high-availability", "alg-override", "config-version", "policy-rule-hit-count",
        "collector-group", "gtp", "sctp", "monitor",
    ]);
}
