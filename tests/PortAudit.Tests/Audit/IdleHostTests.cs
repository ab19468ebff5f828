using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>Hosts that have a role of a rule and took no part in it: who they are, and why.</summary>
public sealed class IdleHostTests
{
    private const string Sip = "r fe edge tcp 5061 sip any";

    private static readonly FlowRecord Exercised = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip");
    private static readonly FlowRecord CmsElsewhere = Of("10.0.0.2:50000 tcp 10.0.0.3:9");

    [Fact]
    public void Nobody_is_idle_where_all_took_part_be_it_in_vain()
    {
        var row = Row(Exercised, Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered));

        Assert.Empty(row.IdleOriginators.Hosts);
        Assert.Empty(row.IdleResponders.Hosts);
        Assert.DoesNotContain("opened none", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_was_active_and_opened_none_is_named()
    {
        var row = Row(Exercised, CmsElsewhere);

        Assert.Equal([new IdleHost("cms", IdleReason.NotTried)], row.IdleOriginators.Hosts.AsEnumerable());
        Assert.EndsWith(" cms opened none, although its flows would have been captured.", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_sent_no_packet_is_silent_though_others_called_it()
    {
        var row = Row(Exercised, Of("10.0.0.3:50000 tcp 10.0.0.2:9").Ending(Outcome.Unanswered));

        Assert.Equal([new IdleHost("cms", IdleReason.Silent)], row.IdleOriginators.Hosts.AsEnumerable());
        Assert.EndsWith(" cms sent no packet at all.", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_whose_flows_pass_no_capture_point_is_not_accused()
    {
        var bench = Bench(Sip);
        bench.Site = bench.Site with
        {
            Segments = [.. bench.Site.Segments, new Segment("apart", [new Prefix(AddressOf("10.3.0.0"), 16)])],
            Hosts = [.. bench.Site.Hosts, new SiteHost("fe09", [AddressOf("10.3.0.9")], ["fe"])],
            CapturePoints = [new CapturePoint("p", null, ["*"], ["internal", "perimeter"])],
        };
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromHours(2), "p");
        var row =
            bench.Run(Exercised.On("p"), CmsElsewhere.On("p"), Of("10.3.0.9:50000 tcp 10.0.0.3:9").On("p")).Rules[0];

        Assert.Equal([new IdleHost("cms", IdleReason.NotTried), new IdleHost("fe09", IdleReason.NotObservable)],
            row.IdleOriginators.Hosts.AsEnumerable());
        Assert.EndsWith(" cms opened none, although its flows would have been captured. Flows from fe09 could not have "
            + "been captured.", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_of_another_protocol_is_said_to_be_one()
    {
        var row = Row(Exercised, Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Proving("ssh"));

        Assert.Equal([new IdleHost("cms", IdleReason.Misfit)], row.IdleOriginators.Hosts.AsEnumerable());
        Assert.EndsWith(" What cms opened did not use the protocol and security that the rule requires.", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_that_was_not_decided_leaves_it_open() =>
        Assert.Equal(
            [new IdleHost("cms", IdleReason.NotObservable)],
            Row(Exercised, CmsElsewhere,
                Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Ending(Outcome.Undecided)).IdleOriginators.Hosts.AsEnumerable());

    [Fact]
    public void In_less_than_the_period_it_proves_nothing()
    {
        var bench = new AuditBench(RuleSample.Required(Sip) with { Period = Period.Daily });
        var row = bench.Run(Exercised, CmsElsewhere).Rules[0];

        Assert.Equal([new IdleHost("cms", IdleReason.WindowTooShort)], row.IdleOriginators.Hosts.AsEnumerable());
        Assert.EndsWith(" cms opened none, which proves nothing in such a short capture.", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_to_which_nobody_opened_one_is_named_too()
    {
        var row = new AuditBench(RuleSample.Required("r edge fe tcp 5061 sip any")).Run(
            Of("10.1.0.1:50000 tcp 10.0.0.1:5061").Proving("sip"), CmsElsewhere).Rules[0];

        Assert.Equal([new IdleHost("cms", IdleReason.NotTried)], row.IdleResponders.Hosts.AsEnumerable());
        Assert.EndsWith(" None was opened to cms, although it would have been captured.", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_networks_are_counted()
    {
        var clients = Enumerable.Range(1, 400).Select(i => Of($"10.2.{i / 200}.{(i % 200) + 1}:50000 tcp 10.0.0.3:9"));
        var talking = Enumerable.Range(1, 12).Select(i => Of($"10.2.0.{i + 1}:50001 tcp 10.1.0.1:443"));
        var row = Bench("r client edge tcp 443 - any").Run([.. clients, .. talking]).Rules[0];

        Assert.Empty(row.IdleOriginators.Hosts);
        Assert.Equal((388L, 400L), (row.IdleOriginators.Addresses, row.IdleOriginators.ActiveAddresses));
        Assert.EndsWith(" Of 400 active addresses in the role client, 388 opened none.", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void More_addresses_than_are_told_apart_are_not_counted()
    {
        var talking = Enumerable.Range(0, RuleTally.MaximumHostPairs + 1)
            .Select(i => Of($"10.2.{i / 200}.{(i % 200) + 1}:50001 tcp 10.1.0.1:443"));
        var row = Bench("r client edge tcp 443 - any").Run(talking).Rules[0];

        Assert.Null(row.IdleOriginators.Addresses);
        Assert.DoesNotContain("opened none", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_beyond_the_limit_are_counted_and_named_hosts_are_known_beyond_the_pairs_that_are_told_apart()
    {
        var bench = Bench("r client edge tcp 443 - any");
        bench.Site = bench.Site with
        {
            Hosts = [.. bench.Site.Hosts, .. Enumerable.Range(1, 250)
                .Select(i => new SiteHost($"ws{i:000}", [AddressOf($"10.2.9.{i}")], ["client"]))],
        };
        var others = Enumerable.Range(0, RuleTally.MaximumHostPairs + 1)
            .Select(i => Of($"10.2.{i / 200}.{(i % 200) + 1}:50001 tcp 10.1.0.1:443"));
        var row = bench.Run([.. others,
            .. Enumerable.Range(1, 50).Select(i => Of($"10.2.9.{i}:50001 tcp 10.1.0.1:443"))]).Rules[0];

        Assert.Equal((NonParticipants.MaximumListed, 100),
            (row.IdleOriginators.Hosts.Length, row.IdleOriginators.NotListed));
        Assert.Equal("ws051", row.IdleOriginators.Hosts[0].Name);
        Assert.Contains(" 100 further hosts in the role client took no part.", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_built_in_role_asks_for_nobody_and_a_rule_that_does_not_apply_for_nothing()
    {
        var rows = new AuditBench(RuleSample.Required("a any edge tcp 5061 sip any"), RuleSample.Of("off fe edge tcp 1 "
            + "- any") with
        { When = new Applicability(["off-by-default"], false) }).Run(Exercised).Rules;

        Assert.Equal(NonParticipants.None, rows[0].IdleOriginators);
        Assert.Equal(NonParticipants.None, rows[1].IdleOriginators);
    }

    [Fact]
    public void The_reason_of_a_rule_that_nobody_needs_stays_short() =>
        Assert.DoesNotContain("opened none",
            new AuditBench(RuleSample.Of(Sip)).Run(Exercised, CmsElsewhere).Rules[0].Reason, StringComparison.Ordinal);

    [Fact]
    public void A_host_that_opened_nothing_to_a_role_which_others_need_is_a_finding_of_low_severity()
    {
        var finding = Assert.Single(Bench(Sip, "s fe edge tcp 5062 - any")
            .Run(Exercised, Of("10.0.0.1:50000 tcp 10.1.0.1:5062"), CmsElsewhere).Findings, IsIdle);

        Assert.Equal((FindingKind.RequiredFlowNeverSeen, Severity.Low, "fe", "edge", 0L),
            (finding.Kind, finding.Severity, finding.FromRole, finding.ToRole, finding.Flows));
        Assert.Equal([new FindingHost("10.0.0.2", "cms")], finding.Originators.AsEnumerable());
        Assert.StartsWith("cms opened no flow that any rule from fe to edge covers, although it would have been "
            + "captured; fe01 did (r and s).", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_to_which_nobody_opened_anything()
    {
        var finding = Assert.Single(Bench("r edge fe tcp 5061 sip any")
            .Run(Of("10.1.0.1:50000 tcp 10.0.0.1:5061").Proving("sip"), CmsElsewhere).Findings, IsIdle);

        Assert.Equal([new FindingHost("10.0.0.2", "cms")], finding.Responders.AsEnumerable());
        Assert.StartsWith("No host in the role edge opened a flow to cms that any rule to fe covers, although it would "
            + "have been captured; flows to fe01 were opened (r).", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void In_less_than_an_hour_it_is_chance_who_gets_work(int minutes, bool isFinding)
    {
        var bench = Bench(Sip);
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromMinutes(minutes), "");

        Assert.Equal(isFinding, bench.Run(Exercised, CmsElsewhere).Findings.Any(IsIdle));
    }

    [Fact]
    public void One_that_took_part_in_any_rule_between_the_two_roles_is_no_finding() =>
        Assert.DoesNotContain(
            new AuditBench(RuleSample.Required(Sip), RuleSample.Of("s fe-cms edge tcp 5062 - any")).Run(Exercised,
                Of("10.0.0.2:50000 tcp 10.1.0.1:5062")).Findings,
            IsIdle);

    [Theory]
    [InlineData(Need.Optional, Period.Continuous)]
    [InlineData(Need.Required, Period.OnEvent)]
    [InlineData(Need.Required, Period.Hourly)]
    public void Only_what_is_needed_all_the_time_is_missed_of_one_host(Need need, Period period) =>
        Assert.DoesNotContain(new AuditBench(RuleSample.Of(Sip) with { Need = need, Period = period }).Run(Exercised,
            CmsElsewhere).Findings, IsIdle);

    private static bool IsIdle(Finding finding) =>
        finding is { Kind: FindingKind.RequiredFlowNeverSeen, Severity: Severity.Low };

    private static AuditBench Bench(params string[] required) => new([.. required.Select(RuleSample.Required)]);

    private static RuleRow Row(params FlowRecord[] flows) => Bench(Sip).Run(flows).Rules[0];
}
