using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Netfilter;

/// <summary>Files that are cut, circular, huge or meant to harm.</summary>
public sealed class HostileRulesetTests
{
    private const string Packet = "10.0.0.1 10.0.0.2 tcp 40000 80";

    [Theory]
    [InlineData("office.iptables-save", 97)]
    [InlineData("office.nft", 41)]
    [InlineData("office.json", 211)]
    public void Every_prefix_of_a_file_is_read(string name, int step)
    {
        var text = File.ReadAllText(NetfilterPolicy.Path(name));
        for (var length = 60; length < text.Length; length += step)
        {
            var file = ConfigurationText.Of("cut", Encoding.UTF8.GetBytes(text[..length]));
            foreach (var row in NetfilterPolicy.Formats)
                Assert.Equal(row.Name, row.Read(file).Format);
        }
    }

    [Theory]
    [InlineData("office.iptables-save")]
    [InlineData("office.nft")]
    [InlineData("office.json")]
    public void Changed_bytes_are_read(string name)
    {
        var bytes = File.ReadAllBytes(NetfilterPolicy.Path(name));
        var random = new Random(38);
        for (var round = 0; round < 40; round++)
        {
            var changed = bytes.ToArray();
            for (var change = 0; change < 8; change++)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var file = ConfigurationText.Of("changed", changed);
            foreach (var row in NetfilterPolicy.Formats)
                NetfilterPolicy.Outcome(row.Read(file), Packet);
        }
    }

    [Fact]
    public void A_table_without_its_commit_is_open() => Assert.Equal(PolicyOutcome.Undecided,
        NetfilterPolicy.Outcome(NetfilterPolicy.Read("*filter\n:FORWARD DROP [0:0]\n-A FORWARD -j ACCEPT\n"), Packet));

    [Fact]
    public void A_chain_without_its_end_is_open() => Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(
        NetfilterPolicy.Read("table inet t {\nchain f {\ntype filter hook forward priority 0; policy drop;\naccept\n"),
            Packet));

    [Fact]
    public void Json_that_is_cut_is_open()
    {
        var text = File.ReadAllText(NetfilterPolicy.Path("office.json"));
        var policy = NetfilterPolicy.Read(text[..(text.Length - 100)]);

        Assert.Contains(policy.NotEvaluable, line =>
            line.Reason.StartsWith("the JSON is broken", StringComparison.Ordinal));
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void Jumps_in_a_circle_are_cut()
    {
        var policy = NetfilterPolicy.Iptables(":Y - [0:0]", "-A FORWARD -j X", "-A X -j Y", "-A Y -j X");

        Assert.Contains("in a circle", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void Chains_that_multiply_end()
    {
        var rules = Enumerable.Range(0, 30).SelectMany(level => new[]
        {
            $"-A C{level} -j C{level + 1}", $"-A C{level} -j C{level + 1}",
        });
        var chains = Enumerable.Range(0, 31).Select(level => $":C{level} - [0:0]");

        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(
            NetfilterPolicy.Iptables([.. chains, .. rules, "-A FORWARD -j C0"]), Packet));
    }

    [Fact]
    public void A_long_line_is_an_open_rule()
    {
        var policy = NetfilterPolicy.Iptables($"-A FORWARD -m comment --comment {new string('x', 1 << 20)} -j ACCEPT");

        Assert.Equal(4, Assert.Single(policy.NotEvaluable).Line.Line);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void A_long_line_of_nft_is_an_open_rule()
    {
        var addresses = string.Join(", ", Enumerable.Repeat("10.0.0.1", 100_000));

        var policy = NetfilterPolicy.Forward($"ip saddr {{ {addresses} }} accept");

        Assert.NotEmpty(policy.NotEvaluable);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void Fifty_thousand_rules_are_read()
    {
        var rules = Enumerable.Range(0, 50_000)
            .Select(number => $"-A FORWARD -s 172.16.{number >> 8}.{number & 255} -j ACCEPT");

        var policy = NetfilterPolicy.Iptables([.. rules]);

        Assert.Equal(50_002, policy.Find("filter FORWARD")!.Rules.Length);
        Assert.Equal(PolicyOutcome.Dropped, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void Combinations_are_bounded()
    {
        var rule = $"-A FORWARD -p tcp {string.Concat(Enumerable.Repeat("-m multiport --ports 80,81 ", 40))}-j ACCEPT";

        var policy = NetfilterPolicy.Iptables([.. Enumerable.Repeat(rule, 200)]);

        Assert.Contains("combinations", policy.NotEvaluable[0].Reason, StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void Braces_in_braces_do_not_exhaust_the_stack() => Assert.NotEmpty(NetfilterPolicy.Forward(
        $"ip saddr {new string('{', 60_000)} accept").NotEvaluable);

    [Fact]
    public void Names_are_escaped()
    {
        var policy = NetfilterPolicy.Iptables(":a\u001b[2Jb - [0:0]",
            "-A FORWARD -i e\u001bth -m comment --comment \"x\u0007\" -j a\u001b[2Jb");

        Assert.DoesNotContain(policy.Lists.SelectMany(list => list.Rules), rule =>
            string.Concat(rule.Name, rule.Text, rule.Comment, $"{rule.Target} {string.Join(' ', rule.From.Names)}")
                .Any(char.IsControl));
        Assert.DoesNotContain(policy.Lists, list => list.Name.Any(char.IsControl));
    }
}
