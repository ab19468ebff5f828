using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsPortTests
{
    [Theory]
    [InlineData("80", "80")]
    [InlineData("80,443,5000-5010", "80,443,5000-5010")]
    [InlineData("RPCEPMap", "135")]
    [InlineData("RPC-EPMap", "135")]
    [InlineData("IPHTTPSIn", "443")]
    [InlineData("IPHTTPSOut", "443")]
    [InlineData("mDNS", "5353")]
    [InlineData("Any", "0-65535")]
    public void Numbers_ranges_and_keywords_of_one_port(string text, string expected)
    {
        var policy = Json(Rule($$"""{ "LocalPort": "{{text}}" }"""));

        var rule = Assert.Single(Rules(policy));
        Assert.Equal(expected, Assert.Single(rule.Services).DestinationPorts.ToString());
        Assert.Empty(rule.Conditions);
    }

    [Fact]
    public void RPC_is_a_condition_on_the_dynamic_ports()
    {
        var rule = Assert.Single(Rules(Json(Rule("""{ "LocalPort": "RPC" }"""))));

        Assert.Equal(ConditionKind.RpcPort, Assert.Single(rule.Conditions).Kind);
        Assert.Equal("49152-65535", Assert.Single(rule.Services).DestinationPorts.ToString());
    }

    [Theory]
    [InlineData(49_667, null, PolicyOutcome.Undecided)]
    [InlineData(49_667, true, PolicyOutcome.Permitted)]
    [InlineData(49_667, false, PolicyOutcome.Dropped)]
    [InlineData(445, null, PolicyOutcome.Dropped)]
    [InlineData(38_901, true, PolicyOutcome.Permitted)]
    public void RPC_opens_what_the_endpoint_mapper_announced(ushort port, bool? isRpc, PolicyOutcome expected) =>
        Assert.Equal(expected, Inbound(Json(Rule("""{ "LocalPort": "RPC" }""")), Tcp(port) with { IsRpcPort = isRpc }));

    [Fact]
    public void RPC_beside_numbers_becomes_a_part_of_its_own()
    {
        var policy = Json(Rule("""{ "LocalPort": ["135", "RPC", "445"] }"""));

        Assert.Equal(["a rule", "a rule (part 2)"], Rules(policy).Select(rule => rule.Name));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(135)));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(50_000)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(50_000) with { IsRpcPort = false }));
    }

    [Theory]
    [InlineData("Teredo")]
    [InlineData("PlayToDiscovery")]
    [InlineData("Ply2Disc")]
    [InlineData("CORTANA_OUT")]
    public void Ports_that_only_the_host_knows_are_a_condition(string keyword)
    {
        var policy = Json(Rule($$"""{ "Protocol": "UDP", "LocalPort": "{{keyword}}" }"""));

        Assert.Equal(ConditionKind.Other, Assert.Single(Assert.Single(Rules(policy)).Conditions).Kind);
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(3544) with { Protocol = IpProtocol.Udp }));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(3544)));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void RPC_ports_of_the_sender_are_not_known()
    {
        var policy = Json(Rule("""{ "Direction": "Outbound", "Action": "Block", "LocalPort": "RPC" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Outbound(policy, Tcp(80, Server, Client) with { IsRpcPort = false }));
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("90-80")]
    [InlineData("http")]
    public void An_unknown_port_is_open_and_listed(string text)
    {
        var policy = Json(Rule($$"""{ "LocalPort": "{{text}}" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal($"unknown port '{text}'", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Theory]
    [InlineData("UDP", 17)]
    [InlineData("17", 17)]
    [InlineData("IGMP", 2)]
    [InlineData("GRE", 47)]
    [InlineData("IPv6", 41)]
    [InlineData("HOPOPT", 0)]
    [InlineData("L2TP", 115)]
    public void Protocols_have_names_and_numbers(string text, byte number)
    {
        var policy = Json(Rule($$"""{ "Protocol": "{{text}}", "LocalPort": "Any" }"""));

        Assert.Equal(IntervalSet.Of(number), Assert.Single(Assert.Single(Rules(policy)).Services).Protocols);
    }

    [Theory]
    [InlineData("Any")]
    [InlineData("256")]
    public void Any_protocol(string text) =>
        Assert.True(Assert.Single(Assert.Single(
            Rules(Json(Rule($$"""{ "Protocol": "{{text}}", "LocalPort": "Any" }""")))).Services).IsAny);

    [Theory]
    [InlineData("""{ "Protocol": "FOO" }""", "unknown protocol 'FOO'")]
    [InlineData("""{ "Protocol": "300" }""", "unknown protocol '300'")]
    [InlineData("""{ "Protocol": "Any" }""", "ports without TCP or UDP")]
    [InlineData("""{ "Protocol": "ICMPv4", "IcmpType": "x" }""", "unknown ICMP type 'x'")]
    public void What_is_no_service_is_open_and_listed(string changes, string reason)
    {
        var policy = Json(Rule(changes));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal(reason, Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void ICMP_types_and_codes()
    {
        var policy = Json(Rule("""{ "Protocol": "ICMPv4", "LocalPort": "RPC", "IcmpType": ["8", "3:04"] }"""));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Icmp(8, 0)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Icmp(3, 4)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Icmp(3, 1)));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Icmp(3, null)));

        static PolicyProbe Icmp(byte type, byte? code) =>
            new(Address(Client), Address(Server), IpProtocol.Icmp, null, null) { IcmpType = type, IcmpCode = code };
    }
}
