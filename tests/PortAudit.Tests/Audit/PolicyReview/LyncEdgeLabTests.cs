using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>The firewall of the captures in <c>captures/lync-edge</c> beside documents and traffic: what is said of its
/// rules is what the table says that made rules and traffic.</summary>
public sealed class LyncEdgeLabTests
{
    private static readonly Lazy<LabFirewall> Lab = new(() => LabFirewall.Of("lync-edge"));

    private static IReadOnlyList<Flow> All { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tools", "lab", "lync-edge", "flows.tsv"))
            .Where(line => line is not ['#', ..])
            .Select(line => line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries))
            .Select(cells => new Flow(cells[1], cells[2], cells[3], cells[4], cells[5], cells[6].Trim())),
    ];

    public static TheoryData<Flow> Flows => [.. All];

    [Theory]
    [MemberData(nameof(Flows))]
    public void The_ruleset_is_that_of_the_table(Flow flow) => Assert.Equal(flow.Fate switch
    {
        "pass" => PolicyOutcome.Permitted,
        "drop" => PolicyOutcome.Dropped,
        _ => PolicyOutcome.Rejected,
    }, new PolicyEvaluation(Lab.Value.Report.Policy).Evaluate(flow.Probe).Outcome);

    [Theory]
    [MemberData(nameof(Flows))]
    public void Its_rule_is_used_and_only_faults_are_to_be_reviewed(Flow flow)
    {
        var row = Assert.Single(Lab.Value.Report.Rules, row =>
            row.Rule.Source.Set.Equals(AddressSet.Of(flow.Probe.Source))
            && row.Rule.Matches(flow.Probe) == Certainty.Yes);

        Assert.Equal(flow switch
        {
            { IsAsked: false } => "undocumented used review",
            { Fate: not "pass" } => "not-compared used review",
            { IsFault: true } => "documented used review",
            _ => "documented used keep",
        }, $"{row.Need.ToText()} {row.Use.ToText()} {row.Advice.ToText()}");
    }

    /// <summary>Rules of the document are closed unless a flow of theirs passes.</summary>
    [Fact]
    public void Closed_is_what_no_flow_of_the_table_passes_by()
    {
        var passing = All.Where(flow => flow is { Fate: "pass", IsFault: false })
            .Select(flow => flow.Rule).ToHashSet();

        Assert.All(Lab.Value.Report.Requirements, row =>
            Assert.Equal(!passing.Contains(row.Rule.Id), row.Status == RequirementStatus.Closed));
    }

    /// <summary>The table has fe01 alone in some flows that the document asks of every Front End.</summary>
    [Fact]
    public void Partly_closed_is_what_the_table_forgot_of_the_second_Front_End()
    {
        var rows = Lab.Value.Report.Requirements.Where(row => row.Status == RequirementStatus.PartlyClosed).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows.SelectMany(row => row.Examples), example =>
            Assert.True(example.From == "fe02" || example.To == "fe02"));
    }

    [Fact]
    public void Nothing_passed_or_was_stopped_against_the_rules_that_it_ran() => Assert.DoesNotContain(
        Lab.Value.Audit.Findings,
        finding => finding.Kind is FindingKind.TrafficOutsidePolicy or FindingKind.PermittedNotPassing);

    [Theory]
    [InlineData(ProposalWidth.Exact)]
    [InlineData(ProposalWidth.Segments)]
    public void Proposed_rules_let_pass_what_documents_ask_for_and_nothing_else_of_the_table(ProposalWidth width)
    {
        var rules = Lab.Value.Audit.Proposal!.Rules(width);

        Assert.All(All, flow =>
            Assert.Equal(flow.IsAsked, rules.Any(rule => rule.Permits(flow.Probe))));
    }

    /// <summary>A line of the table.</summary>
    public sealed record Flow(string Fate, string From, string To, string Transport, string Port, string Rule)
    {
        /// <summary>True for a deliberate fault.</summary>
        internal bool IsFault => Rule.StartsWith("fault: ", StringComparison.Ordinal);

        /// <summary>True when the document asks for its hosts and port: a rule of ports does not tell SSH from
        /// TLS.</summary>
        internal bool IsAsked => !Rule.EndsWith("that no rule covers", StringComparison.Ordinal);

        /// <summary>Its first packet.</summary>
        internal PolicyProbe Probe => LabFirewall.ProbeOf(FlowSample.AddressOf(From), FlowSample.AddressOf(To),
            Transport, Port);
    }
}
