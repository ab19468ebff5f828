using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;
using PortAudit.Tests.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using Xunit.Abstractions;

namespace PortAudit.Tests.Audit.Policies.Lint;

/// <summary>Coverage against every packet of a small world, and its time over many rules.</summary>
public sealed class RuleCoverageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_rule_is_covered_exactly_when_no_packet_reaches_it(int seed)
    {
        var random = new RandomPolicy(new Random(seed));
        var covered = 0;
        for (var round = 0; round < 25; round++)
        {
            var list = PolicySample.List("list", [.. random.SureRules(12)]);
            var coverage = new RuleCoverage(list);
            var reached = Reached(list);
            for (var place = 0; place < list.Rules.Length; place++)
            {
                var isCovered = coverage.CoverOf(place) is not null;
                if (RulePiece.MostOf(list.Rules[place]).IsEmpty)
                    continue;
                Assert.True(isCovered != reached.Contains(place), $"round {round}, rule {place}");
                covered += isCovered ? 1 : 0;
            }

            Assert.Equal(0, coverage.NotAnalysed);
        }

        Assert.InRange(covered, 10, 290);
    }

    [Fact]
    public void Rules_that_are_cut_into_too_many_boxes_are_counted_and_not_claimed()
    {
        var rules = Enumerable.Range(0, RuleCoverage.MaxPieces + 10).Select(number => PolicySample.Rule(number,
            PolicyAction.Drop, "any", "any", PolicySample.Tcp((ushort)number)));
        var wide = PolicySample.Rule(9999, PolicyAction.Permit, "10.0.0.1", "10.0.0.2",
            PolicySample.Tcp(0, RuleCoverage.MaxPieces + 9));
        var result = PolicyLint.Check(PolicySample.Policy(PolicySample.List("list", [.. rules, wide])));

        Assert.Equal((0, 1), (result.Findings.Length, result.NotAnalysed));
    }

    [Fact]
    public void Fifty_thousand_rules_take_seconds()
    {
        var random = new Random(7);
        var rules = Enumerable.Range(1, 50_000).Select(number => PolicySample.Rule(number,
            random.Next(4) == 0 ? PolicyAction.Drop : PolicyAction.Permit,
            $"10.{random.Next(64)}.{random.Next(256)}.0/{random.Next(16, 32)}",
            $"192.168.{random.Next(256)}.0/{random.Next(16, 32)}",
            PolicySample.Tcp((ushort)random.Next(1, 1000), (ushort)random.Next(1000, 1010))));
        var policy = PolicySample.Policy(PolicySample.List("list",
            [.. rules, PolicySample.Default(PolicyAction.Drop)]));
        var before = Environment.CpuUsage.TotalTime;
        var result = PolicyLint.Check(policy);
        var spent = Environment.CpuUsage.TotalTime - before;

        output.WriteLine($"{spent.TotalSeconds:0.0} s of processor time, {result.Findings.Length} findings, "
            + $"{result.NotAnalysed} not analysed");
        Assert.True(spent < TimeSpan.FromMinutes(2), $"{spent}");
    }

    /// <summary>Places of the rules that some packet of the small world reaches.</summary>
    private static HashSet<int> Reached(PolicyList list)
    {
        HashSet<int> reached = [];
        foreach (var probe in World())
        {
            var place = list.Rules.ToList().FindIndex(rule => rule.Matches(probe) == Certainty.Yes);
            if (place >= 0)
                reached.Add(place);
        }

        return reached;
    }

    /// <summary>A packet of each kind that the random rules can tell apart.</summary>
    private static IEnumerable<PolicyProbe> World()
    {
        IpAddress[] four = [.. Enumerable.Range(0, 17).Select(number => IpAddress.FromIpv4((uint)number))];
        IpAddress[] six = [.. Enumerable.Range(0, 9).Select(number => AddressSet.Address((UInt128)(uint)number)),
            AddressSet.Address(UInt128.MaxValue)];
        return from family in new[] { four, six }
               from source in family
               from destination in family
               from packet in Packets(source, destination)
               select packet;
    }

    private static IEnumerable<PolicyProbe> Packets(IpAddress source, IpAddress destination)
    {
        foreach (var state in new[] { ConnectionStates.New, ConnectionStates.Established })
        {
            for (ushort port = 0; port <= 6; port++)
                yield return new PolicyProbe(source, destination, IpProtocol.Tcp, 9, port) { State = state };
            foreach (var port in new ushort[] { 1, 9 })
                yield return new PolicyProbe(source, destination, IpProtocol.Udp, port, 9) { State = state };
            foreach (var type in new byte[] { 0, 8 })
                yield return new PolicyProbe(source, destination, IpProtocol.Icmp, null, null)
                {
                    State = state,
                    IcmpType = type,
                    IcmpCode = 0,
                };
            foreach (byte protocol in new byte[] { 2, 47 })
                yield return new PolicyProbe(source, destination, new IpProtocol(protocol), null, null)
                {
                    State = state,
                };
        }
    }
}
