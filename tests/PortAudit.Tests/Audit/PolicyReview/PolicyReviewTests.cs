using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;
using static PortAudit.Tests.Audit.PolicyReview.ReviewSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>Clients (10.2.0.0/16) reach fe01 (10.0.0.1) on tcp 443, which the documents need, and 5000-5020, which they
/// need by a parameter; a firewall stands between the segments.</summary>
public sealed class PolicyReviewTests
{
    private static readonly FlowRecord Web = Of("10.2.0.9:50000 tcp 10.0.0.1:443");

    [Fact]
    public void A_rule_that_is_documented_and_in_use_is_kept()
    {
        var row = Row("permit tcp 10.2.0.0/16 10.0.0.1,10.0.0.2 443", [Web, Of("10.2.0.9:50000 tcp 10.0.0.2:443")]);

        Assert.Equal("documented used keep", Words(row));
        Assert.Equal((2, 1, 2, "443"), (row.Connections, row.Originators, row.Responders, row.Ports));
        Assert.Equal("web", Assert.Single(row.Documents).Id);
    }

    [Fact]
    public void A_rule_is_wider_where_it_allows_ports_that_no_document_asks_for()
    {
        var row = Row("permit tcp 10.2.0.0/16 10.0.0.1,10.0.0.2 1024-65535",
            [Of("10.2.0.9:50000 tcp 10.0.0.1:5003"), Of("10.2.0.9:50001 tcp 10.0.0.1:5007")]);

        Assert.Equal("wider part-used tighten", Words(row));
        Assert.Equal("It allows tcp 1024-65535; the documents ask for 5000-5020.", row.NeedReason);
        Assert.Contains("It allows 1024-65535; connections used 5003, 5007.", row.UseReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_wider_where_it_allows_originators_that_no_document_names()
    {
        var row = Row("permit tcp any 10.0.0.1,10.0.0.2 443", [Web]);

        Assert.Equal(PolicyNeed.Wider, row.Need);
        Assert.Contains("It allows originators any; the documents ask for 10.2.0.0/16.", row.NeedReason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_address_ranges_those_that_took_no_part_are_counted()
    {
        var row = Row("permit tcp 10.2.0.0/24,10.2.2.0/24,10.2.4.0/24 10.0.0.1 443", [Web]);

        Assert.Equal(PolicyUse.PartUsed, row.Use);
        Assert.Contains("Of 3 address ranges allowed 1 took part as originators.", row.UseReason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_no_document_asks_for_is_to_be_reviewed_while_it_is_in_use()
    {
        var row = Row("permit tcp any any 8080", [Of("10.2.0.9:50000 tcp 10.0.0.1:8080")]);

        Assert.Equal("undocumented used review", Words(row));
    }

    [Fact]
    public void No_rule_is_called_unused_before_the_captures_watched_for_a_week()
    {
        Assert.Equal("undocumented not-seen review", Words(Row("permit tcp any any 8080", [Web])));
        Assert.Equal("undocumented unused close", Words(Row("permit tcp any any 8080", [Web], days: 8)));
    }

    [Fact]
    public void A_needed_flow_that_the_configuration_stops_is_a_finding_with_the_line_that_stops_it()
    {
        var finding = Assert.Single(Findings(Forwarding(Rule("drop tcp any 10.0.0.1 443", "no-web"),
            Rule("permit any any any"), Default(PolicyAction.Drop)), []), IsOf(FindingKind.RequiredFlowClosed));

        Assert.Equal("web", finding.Rule!.Id);
        Assert.Contains("no-web at sample:1", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("tcp 443", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_needed_flow_that_is_closed_and_was_seen_blocked_is_one_finding_that_names_the_line()
    {
        var findings = Findings(Forwarding(Rule("drop tcp any any 443", "no-web"),
            Rule("permit any any any"), Default(PolicyAction.Drop)), [Web.Ending(Outcome.Unanswered)])
            .Where(finding => finding.Rule?.Id == "web");

        var finding = Assert.Single(findings);
        Assert.Equal(FindingKind.RequiredFlowBlocked, finding.Kind);
        Assert.Contains("no-web at sample:1", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_configuration_stops_in_part_is_less_grave()
    {
        var finding = Assert.Single(Findings(Forwarding(Rule("drop tcp any 10.0.0.1 443", "one-server"),
            Rule("permit any any any"), Default(PolicyAction.Drop)), []), IsOf(FindingKind.RequiredFlowClosed));

        Assert.Equal(Severity.Medium, finding.Severity);
        Assert.StartsWith("The rule web (", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("stops 1 of ", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_needed_flow_that_the_configuration_lets_pass_is_no_finding() => Assert.DoesNotContain(
        Findings(Forwarding(Rule("permit any any any"), Default(PolicyAction.Drop)), []),
        IsOf(FindingKind.RequiredFlowClosed));

    [Fact]
    public void A_rule_for_connections_that_were_let_through_is_kept()
    {
        var report = Report(Forwarding(
            Rule("permit any any any") with { States = ConnectionStates.Established | ConnectionStates.Related },
            Default(PolicyAction.Drop)), [Web]);

        Assert.Equal("not-compared possibly-used keep", Words(report.Rules[0]));
    }

    [Fact]
    public void Only_a_port_that_RPC_announced_is_one_of_RPC()
    {
        Assert.True(PolicyConnection.IsRpc("dcerpc"));
        Assert.Null(PolicyConnection.IsRpc("sip"));
        Assert.Null(PolicyConnection.IsRpc(null));
    }

    [Fact]
    public void A_needed_flow_that_two_firewalls_stop_is_two_findings()
    {
        var bench = Bench(Forwarding(Default(PolicyAction.Drop)));
        bench.Policies = [bench.Policies[0], bench.Policies[0] with { Name = "second" }];
        var findings = bench.Run([]).Findings.Where(finding => finding.Kind == FindingKind.RequiredFlowClosed);

        Assert.Equal(2, findings.Select(finding => finding.Id).Distinct().Count());
    }

    [Fact]
    public void What_arrived_though_the_configuration_stops_it_is_a_finding_with_its_flows()
    {
        var finding = Assert.Single(Findings(Forwarding(Rule("permit tcp any any 443"), Default(PolicyAction.Drop)),
            [Web, Of("10.2.0.9:50000 tcp 10.0.0.1:5003")]), IsOf(FindingKind.TrafficOutsidePolicy));

        Assert.Equal((1, "5003"), (finding.Flows, finding.Ports));
        Assert.Contains("the default at sample:1", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stopped_though_the_configuration_permits_it_is_a_finding()
    {
        var stopped = Web.Ending(Outcome.Rejected) with { StoppedBy = AddressOf("10.1.0.254") };

        var finding = Assert.Single(Findings(Forwarding(Rule("permit tcp any any 443"), Default(PolicyAction.Drop)),
            [stopped]), IsOf(FindingKind.PermittedNotPassing));
        Assert.Contains("The responder or another device stops it", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_of_which_nothing_proves_who_opened_it_is_not_compared()
    {
        var midway = Web.Basis(DirectionBasis.Port) with { SynCount = 0 };
        var report = Report(Forwarding(Default(PolicyAction.Drop)), [midway]);

        Assert.Equal((0, 1), (report.Connections, report.Undirected));
    }

    [Fact]
    public void Within_a_segment_nothing_meets_a_firewall_between_segments() => Assert.Equal(0,
        Report(Forwarding(Default(PolicyAction.Drop)), [Of("10.0.0.3:50000 tcp 10.0.0.1:443")]).Connections);

    [Fact]
    public void The_rules_of_a_host_apply_to_what_it_receives_and_what_it_sends()
    {
        var policy = Of(List("in", Default(PolicyAction.Drop)) with { Bindings = [Bind(PolicyHook.Input)] },
            List("out", Default(PolicyAction.Permit)) with { Bindings = [Bind(PolicyHook.Output)] });
        var bench = Bench(policy);
        bench.Policies = [bench.Policies[0] with { Site = SiteOf() with { Host = "fe01" } }];
        var report = Assert.Single(bench.Run(Web, Of("10.0.0.1:50000 tcp 10.0.0.3:1433"),
            Of("10.2.0.9:50000 tcp 10.0.0.3:1433")).Policies);

        Assert.Equal([1L, 1L], report.Rules.Select(row => row.Connections));
    }

    [Fact]
    public void Zones_of_the_configuration_tell_what_passes_the_device_and_by_which_list()
    {
        var policy = Of(List("outside-in", Default(PolicyAction.Drop)) with
        {
            Bindings = [new PolicyBinding(PolicyHook.Forward, new ZoneMatch(["outside"]), ZoneMatch.Any)],
        }, List("inside-in", Default(PolicyAction.Permit)) with
        {
            Bindings = [new PolicyBinding(PolicyHook.Forward, new ZoneMatch(["inside"]), ZoneMatch.Any)],
        }) with
        {
            Zones =
            [
                new PolicyZone("outside", AddressSet.Of(new Prefix(AddressOf("0.0.0.0"), 0)), default),
                new PolicyZone("inside", AddressSet.Of(new Prefix(AddressOf("10.0.0.0"), 16)), default),
            ],
        };
        var report = Report(policy, [Web, Of("10.0.0.1:50000 tcp 10.2.0.9:80"), Of("10.2.0.9:50000 tcp 10.2.0.8:80")]);

        Assert.Equal([1L, 1L], report.Rules.Select(row => row.Connections));
    }

    [Fact]
    public void A_rule_of_a_domain_profile_counts_where_the_site_says_that_this_profile_is_active()
    {
        var policy = Forwarding(Rule("permit tcp any any 443") with
        {
            Conditions = [new PolicyCondition(ConditionKind.Profile, "profiles domain, private")],
        }, Default(PolicyAction.Drop));

        Assert.Equal(PolicyUse.Used, BoundPolicyOf("domain").Rules[0].Use);
        Assert.Equal(PolicyUse.NotSeen, BoundPolicyOf("public").Rules[0].Use);

        PolicyReport BoundPolicyOf(string profile)
        {
            var bench = Bench(policy);
            bench.Policies = [BoundPolicy.Of(SiteOf() with { Profile = profile }, policy)];
            return Assert.Single(bench.Run(Web).Policies);
        }
    }

    private static Predicate<Finding> IsOf(FindingKind kind) => finding => finding.Kind == kind;

    internal static string Words(PolicyRuleRow row) =>
        $"{row.Need.ToText()} {row.Use.ToText()} {row.Advice.ToText()}";

    internal static PolicyRuleRow Row(string rule, IEnumerable<FlowRecord> flows, int days = 0) =>
        Report(Forwarding(Rule(rule), Default(PolicyAction.Drop)), flows, days).Rules[0];

    private static ImmutableArray<Finding> Findings(Policy policy, IEnumerable<FlowRecord> flows) =>
        Bench(policy).Run(flows).Findings;
}
