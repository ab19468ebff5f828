using System.Collections.Immutable;
using System.Text;
using PortAudit.Audit;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Reports.Policies.Proposals;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports.Policies.Proposals;

/// <summary>What is proposed is read back and says the same.</summary>
public sealed class ProposalRoundTripTests
{
    private const int Probes = 5_000;

    public static TheoryData<string, ProposalWidth> Cases
    {
        get
        {
            var cases = new TheoryData<string, ProposalWidth>();
            foreach (var format in ProposalFormat.All)
            {
                cases.Add(format.Name, ProposalWidth.Exact);
                cases.Add(format.Name, ProposalWidth.Segments);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_back_it_permits_what_was_proposed_and_nothing_else(string format, ProposalWidth width)
    {
        var report = Report("lync-edge");
        var rules = report.Proposal!.Rules(width);
        var policy = ReadBack(format, width, report);

        Assert.Empty(policy.NotEvaluable);
        var device = new PolicyEvaluation(policy);
        var outcomes = new HashSet<bool>();
        foreach (var probe in Packets(rules, format == "windows" ? PolicyHook.Input : PolicyHook.Forward))
        {
            var isPermitted = rules.Any(rule => rule.Permits(probe));
            outcomes.Add(isPermitted);
            Assert.True((isPermitted ? PolicyOutcome.Permitted : PolicyOutcome.Dropped)
                == device.Evaluate(probe).Outcome, $"{probe}");
        }

        Assert.Equal(2, outcomes.Count);
    }

    /// <summary>The rules of a domain have ICMP, too.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_that_is_proposed_for_a_domain_is_left_open(string format, ProposalWidth width)
    {
        var policy = ReadBack(format, width, Report("domain"));

        Assert.Empty(policy.NotEvaluable);
        Assert.Contains(policy.Lists.SelectMany(list => list.Rules), rule => rule is { IsImplicit: false }
            && rule.Services.Any(service => !service.Protocols.IsAll
                && service.Protocols.Contains(IpProtocol.Icmp.Value)));
        Assert.All(policy.Lists.SelectMany(list => list.Rules), rule => Assert.Empty(rule.Conditions));
    }

    [Theory]
    [InlineData("domain")]
    [InlineData("firewall")]
    public void No_rule_is_proposed_for_roles_that_no_host_has(string sample) => Assert.All(
        Report(sample).Proposal!.Rules(ProposalWidth.Exact),
        rule => Assert.False(rule.From.IsEmpty || rule.To.IsEmpty));

    [Fact]
    public void Every_flow_that_a_rule_covers_between_segments_is_permitted()
    {
        var observed = ObservedSample.Of("lync-edge");
        var report = Report("lync-edge");
        var rules = report.Proposal!.Rules(ProposalWidth.Exact);
        var covered = report.Rules.Where(row => row.Flows > 0).Select(row => row.Rule.Id).ToHashSet();
        var proposed = rules.SelectMany(rule => rule.Basis).Where(basis => basis.Flows > 0)
            .Select(basis => basis.Rule.Id).ToHashSet();

        Assert.NotEmpty(observed.Flows);
        Assert.Subset(covered, proposed);
    }

    [Fact]
    public void Whole_segments_need_fewer_rules_and_allow_more()
    {
        var proposal = Report("lync-edge").Proposal!;
        var (exact, segments) = (proposal.Rules(ProposalWidth.Exact), proposal.Rules(ProposalWidth.Segments));

        Assert.True(segments.Length < exact.Length);
        Assert.True(FirewallProposal.Combinations(segments) > FirewallProposal.Combinations(exact));
    }

    [Fact]
    public void What_passed_and_would_be_stopped_is_listed()
    {
        var writer = new StringWriter();
        ProposalFormat.All[0].Write(Report("lync-edge"), ProposalWidth.Exact, writer);

        Assert.Contains("would be stopped (", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("tcp 445: 1 flow", writer.ToString(), StringComparison.Ordinal);
    }

    private static AuditReport Report(string sample)
    {
        var observed = ObservedSample.Of(sample);
        var auditor = observed.NewAuditor();
        foreach (var flow in observed.Flows)
            auditor.Add(flow);
        return auditor.Complete(observed.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
    }

    private static Policy ReadBack(string name, ProposalWidth width, AuditReport report)
    {
        var writer = new StringWriter();
        ProposalFormat.All.Single(format => format.Name == name).Write(report, width, writer);
        var text = ConfigurationText.Of("proposal", Encoding.UTF8.GetBytes(writer.ToString()));
        return PolicyFormat.All.First(format => format.Recognises(text)).Read(text);
    }

    /// <summary>Packets near the borders of rules: their first and last addresses and ports, and those
    /// beyond.</summary>
    private static IEnumerable<PolicyProbe> Packets(ImmutableArray<ProposedRule> rules, PolicyHook hook)
    {
        var random = new Random(38);
        var sources = Borders(rules.Select(rule => rule.From));
        var destinations = Borders(rules.Select(rule => rule.To));
        ushort[] ports =
        [
            .. rules.SelectMany(rule => rule.Services).SelectMany(service => service.DestinationPorts.Ranges)
                .SelectMany(range => new[] { range.First, range.Last, (ushort)(range.First - 1),
                    (ushort)(range.Last + 1) }).Distinct().Order(),
        ];
        for (var number = 0; number < Probes; number++)
        {
            var protocol = random.Next(10) switch
            {
                < 6 => IpProtocol.Tcp,
                < 9 => IpProtocol.Udp,
                _ => IpProtocol.Icmp,
            };
            var (from, to) = (sources[random.Next(sources.Length)], destinations[random.Next(destinations.Length)]);
            if (from.IsIpv4 != to.IsIpv4)
                continue;
            yield return new PolicyProbe(from, to, protocol, protocol.HasPorts ? (ushort)50_123 : null,
                protocol.HasPorts ? ports[random.Next(ports.Length)] : null)
            {
                Hook = hook,
                CrossesZones = true,
                IcmpType = protocol.HasPorts ? null : (byte)8,
            };
        }
    }

    private static IpAddress[] Borders(IEnumerable<IntervalSet<UInt128>> sets) =>
    [
        .. sets.SelectMany(AddressSet.RangesByFamily).SelectMany(range => new[] { range.First, range.Last,
            range.First - 1, range.Last + 1 }).Distinct().Order().Select(AddressSet.Address),
    ];
}
