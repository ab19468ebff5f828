using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>Clients (10.2.0.0/16) reach fe01 (10.0.0.1) on tcp 443, which the documents need, and 5000-5020, which they
/// need by a parameter; a firewall stands between the segments.</summary>
internal static class ReviewSample
{
    public static BoundPolicy Bound(Policy policy) => BoundPolicy.Of(SiteOf(), policy);

    public static SitePolicy SiteOf() => new("fw", "sample", null, null, None, None, null);

    public static PolicyBinding Bind(PolicyHook hook) => new(hook, ZoneMatch.Any, ZoneMatch.Any);

    public static PolicyReport Report(Policy policy, IEnumerable<FlowRecord> flows, int days = 0)
    {
        var bench = Bench(policy);
        if (days > 0)
            bench.Observation = AuditBench.ObservationOf(TimeSpan.FromDays(days), "");
        return Assert.Single(bench.Run(flows).Policies);
    }

    public static AuditBench Bench(Policy policy) => new(
        RuleSample.Required("web client fe tcp 443 - any"), RuleSample.Of("range client fe tcp 5000-5020 - any"))
    {
        Policies = [Bound(policy)],
    };

    private static ImmutableDictionary<string, ImmutableArray<string>> None =>
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
