using System.Collections.Frozen;
using PortAudit.Audit.Findings;

namespace PortAudit.Reports.Writing;

/// <summary>What each kind of finding is, for formats that describe kinds apart from findings.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Sentence">What it means.</param>
/// <param name="Usual">The severity that it mostly has.</param>
internal sealed record KindSentences(string Title, string Sentence, Severity Usual)
{
    private static readonly FrozenDictionary<string, KindSentences> ByKind = new Dictionary<string, KindSentences>
    {
        ["unexpected-traffic"] = new("Traffic that no rule explains", "Flows between roles on a service that no rule of the catalogs or the site covers.", Severity.Medium),
        ["wrong-protocol"] = new("Another protocol than the rule asks for", "A rule covers the port, and the bytes prove another protocol than the one it asks for.", Severity.High),
        ["wrong-direction"] = new("A flow opened from the wrong side", "Rules cover the service in the opposite direction only.", Severity.Medium),
        ["cleartext"] = new("Clear text where TLS is asked for", "A rule demands TLS, and the bytes are in clear.", Severity.High),
        ["unexplained-dynamic-port"] = new("A dynamic port that nobody announced", "A flow in the dynamic range of a rule, without an announcement of its port by a control channel.", Severity.Medium),
        ["forbidden-traffic"] = new("Forbidden traffic", "Flows that a rule of the site, or a caution of a catalog, forbids.", Severity.High),
        ["required-flow-blocked"] = new("A required flow is blocked", "A flow that the deployment needs was tried, and was rejected on the way or never answered.", Severity.High),
        ["required-flow-refused"] = new("A required flow is refused", "A flow that the deployment needs was tried, and the responder itself refused it.", Severity.High),
        ["required-flow-one-way"] = new("Only one direction of a required flow", "Of a flow that the deployment needs only one direction was seen.", Severity.Medium),
        ["required-flow-never-seen"] = new("A required flow that nobody tried", "Both roles were active where a flow that the deployment needs would have been seen, and nobody opened one.", Severity.Medium),
        ["mutual-tls-missing"] = new("No client certificate where mutual TLS is asked for", "A rule demands mutual TLS, and the handshake shows that the client proved nothing of itself.", Severity.Medium),
        ["announced-port-blocked"] = new("An announced port is blocked", "A control channel announced a port to a client, and something on the way stopped the client there.", Severity.High),
        ["announced-port-unused"] = new("Announced ports that nobody used", "Nobody for whom they were announced contacted the ports.", Severity.Info),
        ["port-scan"] = new("A port scan", "Hosts tried many ports or hosts in a way that no service explains.", Severity.Medium),
        ["expired-exception"] = new("An exception that has expired", "An exception of the site ended before the capture did.", Severity.Low),
        ["unused-exception"] = new("An exception that nothing used", "No flow of the capture fell under an exception of the site.", Severity.Info),
        ["role-mismatch"] = new("A host that behaves unlike its role", "What a host does contradicts the role that the site gives it.", Severity.Medium),
        ["obsolete-service"] = new("An obsolete service", "Flows of a service or version that is not to be used any more.", Severity.Medium),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The sentences of a kind; its name stands for them where it is not known, as in a report of another version.</summary>
    /// <param name="kind">Its name in output.</param>
    public static KindSentences Of(string kind) => ByKind.GetValueOrDefault(kind) ?? new KindSentences(kind, kind, Severity.Medium);

    /// <summary>True when the kind has sentences.</summary>
    public static bool Has(string kind) => ByKind.ContainsKey(kind);
}
