using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>An audit of a lab's captures with the ruleset that its firewall ran.</summary>
/// <param name="Audit">The audit.</param>
/// <param name="Site">The site.</param>
internal sealed record LabFirewall(AuditReport Audit, SiteFile Site)
{
    /// <summary>What it says of the firewall.</summary>
    public PolicyReport Report => Audit.Policies[0];

    /// <summary>The captures below <c>captures/</c> with <c>firewall.nft</c>.</summary>
    public static LabFirewall Of(string sample)
    {
        var observed = ObservedSample.Of(sample);
        var policy = PolicyReader.Read(Repository.PathOf("captures", sample, "firewall.nft"), null,
            KnownAddresses.None, []);
        var auditor = observed.NewAuditor(policies: ReviewSample.Bound(policy!));
        foreach (var flow in observed.Flows)
            auditor.Add(flow);
        return new LabFirewall(
            auditor.Complete(observed.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>()),
            observed.Load.Site!);
    }

    /// <summary>The first address of a host of the site.</summary>
    public IpAddress AddressOf(string host) => Site.Hosts.Single(other => other.Name == host).Addresses[0];

    /// <summary>The first packet of a connection through the firewall.</summary>
    public static PolicyProbe ProbeOf(IpAddress from, IpAddress to, string transport, string port)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));
        return new PolicyProbe(from, to, protocol, 50_000, ushort.Parse(port, CultureInfo.InvariantCulture))
        {
            Hook = PolicyHook.Forward,
            CrossesZones = true,
        };
    }
}
