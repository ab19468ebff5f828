using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Reports.Policies.Proposals;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>The firewall of the captures in <c>captures/firewall</c> beside documents and traffic: what is said of its
/// rules is what the table says that made rules and traffic.</summary>
public sealed class FirewallLabTests
{
    private static readonly Lazy<LabFirewall> Lab = new(() => LabFirewall.Of("firewall"));

    /// <summary>Each case once: what it is does not depend on the side that was recorded.</summary>
    private static IEnumerable<FirewallCase> All => FirewallCase.All.Where(line => line.Side == "outside");

    public static TheoryData<FirewallCase> Tried => [.. All.Where(line => line.Attempt is not null)];

    [Theory]
    [MemberData(nameof(Tried))]
    public void The_ruleset_is_that_of_the_table(FirewallCase line) => Assert.Equal(line.Attempt!.Firewall switch
    {
        "pass" => PolicyOutcome.Permitted,
        "drop" => PolicyOutcome.Dropped,
        "cut" => PolicyOutcome.Undecided, // it lets the handshake pass and looks at what is asked
        _ => PolicyOutcome.Rejected,
    }, new PolicyEvaluation(Lab.Value.Report.Policy).Evaluate(ProbeOf(line)).Outcome);

    [Theory]
    [MemberData(nameof(Tried))]
    public void Its_rule_is_used_and_is_judged_by_what_the_site_asks_for(FirewallCase line)
    {
        var probe = ProbeOf(line);
        var row = Assert.Single(Lab.Value.Report.Rules, row =>
            row.Rule.Destination.Set.Equals(AddressSet.Of(probe.Destination))
            && row.Rule.Conditions.IsEmpty
            && row.Rule.Services is [var service] && service.Matches(probe) == Certainty.Yes);

        var isAsked = line.Status is not null;
        Assert.Equal(line.Attempt!.Firewall switch
        {
            "pass" => isAsked ? "wider used tighten" : "undocumented used review",
            "cut" => "wider used tighten", // the first packet passed, and nothing else permits it
            _ => isAsked ? "not-compared used review" : "not-compared used keep",
        }, $"{row.Need.ToText()} {row.Use.ToText()} {row.Advice.ToText()}");
    }

    [Fact]
    public void Needed_flows_that_it_stops_are_found_and_no_others() => Assert.Equal(
        All.Where(line => line.Status is not null && line.Attempt?.Firewall is not ("pass" or "cut"))
            .Select(line => line.Rule).Order(StringComparer.Ordinal),
        Lab.Value.Audit.Findings
            .Where(finding => finding.Kind == FindingKind.RequiredFlowClosed
                || (finding.Kind == FindingKind.RequiredFlowBlocked
                    && finding.Explanation.Contains("The configuration of ", StringComparison.Ordinal)))
            .Select(finding => finding.Rule!.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_passed_or_was_stopped_against_the_rules_that_it_ran() => Assert.DoesNotContain(
        Lab.Value.Audit.Findings,
        finding => finding.Kind is FindingKind.TrafficOutsidePolicy or FindingKind.PermittedNotPassing);

    [Theory]
    [InlineData(ProposalWidth.Exact)]
    [InlineData(ProposalWidth.Segments)]
    public void Proposed_rules_let_pass_what_the_site_asks_for_and_nothing_else_that_was_tried(ProposalWidth width)
    {
        var rules = Lab.Value.Audit.Proposal!.Rules(width);

        Assert.All(All.Where(line => line.Attempt is not null), line =>
            Assert.Equal(line.Status is not null, rules.Any(rule => rule.Permits(ProbeOf(line)))));
    }

    [Fact]
    public void Proposed_rules_of_exact_addresses_let_nothing_of_the_scan_pass() => Assert.DoesNotContain(
        Lab.Value.Audit.Proposal!.Rules(ProposalWidth.Exact),
        rule => rule.From.Contains(AddressSet.Number(FlowSample.AddressOf("203.0.113.66"))));

    /// <summary>Of the three attempts that no rule of the site asks for, two passed.</summary>
    [Fact]
    public void What_passed_and_would_be_stopped_is_what_the_site_does_not_ask_for()
    {
        using var writer = new StringWriter();
        ProposalFormat.All.Single(format => format.Name == "nftables")
            .Write(Lab.Value.Audit, ProposalWidth.Exact, writer);

        Assert.Equal(
            All.Where(line => line is { Status: null, Attempt.Firewall: "pass" })
                .Select(line => $"{line.Attempt!.Transport} {line.Attempt.Port}: 2 flows"),
            writer.ToString().Split('\n').Where(line => line.EndsWith(" flows", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf("-> domain-client ", StringComparison.Ordinal) + 17)..]));
    }

    private static PolicyProbe ProbeOf(FirewallCase line)
    {
        var attempt = line.Attempt!;
        return LabFirewall.ProbeOf(Lab.Value.AddressOf(attempt.From), Lab.Value.AddressOf(attempt.To),
            attempt.Transport, attempt.Port);
    }
}
