using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using Xunit.Abstractions;

namespace PortAudit.Tests.Audit.Policies.Model;

public sealed class RuleIndexTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 200)]
    [InlineData(3, 2500)]
    public void The_indexed_answers_are_those_of_the_plain_walk(int seed, int rules)
    {
        var random = new RandomPolicy(new Random(seed));
        var policy = random.Policy(rules);
        var (plain, indexed) = (new ListEvaluation(policy), new ListEvaluation(policy, isIndexed: true));

        for (var number = 0; number < 3000; number++)
        {
            var probe = random.Probe();
            foreach (var list in policy.Lists)
            {
                var (wanted, found) = (plain.Evaluate(list, probe), indexed.Evaluate(list, probe));
                Assert.Equal(wanted.Outcome, found.Outcome);
                Assert.Equal(wanted.Rules.AsEnumerable(), found.Rules);
            }
        }
    }

    [Fact]
    public void Few_of_many_rules_are_looked_at()
    {
        var list = HostRules(10_000);
        var index = new RuleIndex(list.Rules);

        Assert.Equal([4660, 10_000], index.Positions(PolicySample.Probe("10.0.18.52", "192.0.2.1", 443)));
    }

    [Fact]
    public void Sets_of_many_ranges_are_widened_and_still_exact_in_the_answer()
    {
        var scattered = IntervalSet.Of(Enumerable.Range(0, 100_000).Select(number =>
            new Interval<UInt128>((UInt128)number * 4, ((UInt128)number * 4) + 1)));
        var rules = Enumerable.Range(1, 40).Select(number => PolicySample.Rule(number, PolicyAction.Permit) with
        {
            Source = new AddressMatch(scattered),
        });
        var policy = PolicySample.Policy(
            PolicySample.List("list", [.. rules, PolicySample.Default(PolicyAction.Drop)]));
        var evaluation = new ListEvaluation(policy, isIndexed: true);

        Assert.Equal(PolicyOutcome.Permitted, Ask("::21"));
        Assert.Equal(PolicyOutcome.Dropped, Ask("::22"));

        PolicyOutcome Ask(string from) =>
            evaluation.Evaluate(policy.Lists[0], PolicySample.Probe(from, "::1", 1)).Outcome;
    }

    [Fact]
    public void Ten_thousand_rules_and_a_million_connections_take_seconds()
    {
        var policy = PolicySample.Policy(HostRules(10_000));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Environment.CpuUsage.TotalTime;
        var evaluation = new ListEvaluation(policy, isIndexed: true);
        var built = Environment.CpuUsage.TotalTime - start;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        start = Environment.CpuUsage.TotalTime;
        var (permitted, first, to) = (0, PolicySample.Addresses("10.0.0.0").Ranges[0].First,
            PolicySample.Address("192.0.2.1"));
        for (var number = 0; number < 1_000_000; number++)
        {
            var probe = new PolicyProbe(AddressSet.Address(first + (uint)(number % 20_000)), to, IpProtocol.Tcp,
                (ushort)number, 443);
            if (evaluation.Evaluate(policy.Lists[0], probe).Outcome == PolicyOutcome.Permitted)
                permitted++;
        }

        var spent = Environment.CpuUsage.TotalTime - start;
        output.WriteLine($"built in {built.TotalSeconds:0.00} s, {bytes / 1e6:0.0} MB; "
            + $"{spent.TotalSeconds:0.00} s of processor time for 1,000,000 connections");
        Assert.Equal(500_000, permitted);
        Assert.True(spent < TimeSpan.FromMinutes(1), $"{spent}");
    }

    /// <summary>A rule for each of many hosts, and the default.</summary>
    private static PolicyList HostRules(int count) => PolicySample.List("hosts",
    [
        .. Enumerable.Range(0, count).Select(number => PolicySample.Rule(number, PolicyAction.Permit,
            $"10.0.{number / 256}.{number % 256}", "192.0.2.0/24", PolicySample.Tcp(443))),
        PolicySample.Default(PolicyAction.Drop),
    ]);
}
