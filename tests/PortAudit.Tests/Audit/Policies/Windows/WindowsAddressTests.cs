using PortAudit.Audit.Policies.Model;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsAddressTests
{
    [Theory]
    [InlineData("10.1.0.5", "10.1.0.5")]
    [InlineData("10.1.0.5/32", "10.1.0.5")]
    [InlineData("10.1.0.0/255.255.0.0", "10.1.0.0/16")]
    [InlineData("10.1.0.1-10.1.0.2", "10.1.0.1-10.1.0.2")]
    [InlineData("10.1.0.1 - 10.1.0.2", "10.1.0.1-10.1.0.2")]
    [InlineData("10.1.0.0/16, 10.2.0.0/16", "10.1.0.0-10.2.255.255")]
    [InlineData("10.1.0.0/16;10.3.0.0/16", "10.1.0.0/16, 10.3.0.0/16")]
    [InlineData("fe80::/10", "fe80::/10")]
    [InlineData("2001:db8::1-2001:db8::2", "2001:db8::1-2001:db8::2")]
    [InlineData("0.0.0.0/0", "any IPv4")]
    [InlineData("10.0.0.1,Any", "any")]
    [InlineData("*", "any")]
    public void Addresses_prefixes_masks_and_ranges(string text, string expected)
    {
        var policy = Json(Rule($$"""{ "RemoteAddress": "{{text}}" }"""));

        var source = Assert.Single(Rules(policy)).Source;
        Assert.Equal(expected, AddressSet.Text(source.Set));
        Assert.False(source.IsOpen);
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void An_array_is_a_list()
    {
        var policy = Json(Rule("""{ "RemoteAddress": ["10.1.0.0/16", "10.7.0.1"] }"""));

        Assert.Equal("10.1.0.0/16, 10.7.0.1", AddressSet.Text(Assert.Single(Rules(policy)).Source.Set));
    }

    [Theory]
    [InlineData("LocalSubnet")]
    [InlineData("LocalSubnet6")]
    [InlineData("Local subnet")]
    [InlineData("DNS")]
    [InlineData("DHCP")]
    [InlineData("WINS")]
    [InlineData("DefaultGateway")]
    [InlineData("Internet")]
    [InlineData("Intranet")]
    [InlineData("PlayToDevice")]
    public void A_keyword_is_open(string keyword)
    {
        var policy = Json(Rule($$"""{ "RemoteAddress": "{{keyword}}" }"""));

        Assert.Equal(keyword, Assert.Single(Rules(policy)).Source.OpenNames);
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal($"which addresses '{keyword}' are depends on the host", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void What_stands_beside_a_keyword_is_known()
    {
        var policy = Json(Rule("""{ "RemoteAddress": ["LocalSubnet", "10.1.0.0/16"] }"""));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445, source: "10.2.0.1")));
    }

    [Fact]
    public void A_block_of_a_keyword_leaves_an_allow_open()
    {
        var policy = Json(Rule("""{ "RemoteAddress": "Internet", "Action": "Block" }"""), Rule());

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
    }

    [Fact]
    public void A_keyword_is_known_when_the_host_is()
    {
        var policy = Read("[\n" + Rule("""{ "RemoteAddress": "LocalSubnet" }""") + "\n]",
            Known("LocalSubnet", "10.1.0.0"));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445, source: "10.1.1.1")));
        Assert.Empty(policy.NotEvaluable);
    }

    [Theory]
    [InlineData("10.0.0.300")]
    [InlineData("10.0.0.9-10.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.010")]
    [InlineData("fe80::1%4")]
    [InlineData("10.0.0.1-fe80::1")]
    [InlineData("2001:db8::/255.255.0.0")]
    public void What_is_no_address_is_open_and_listed(string text)
    {
        var policy = Json(Rule($$"""{ "RemoteAddress": "{{text}}" }"""));

        Assert.True(Assert.Single(Rules(policy)).Source.IsOpen);
        Assert.Equal($"'{text}' is no address", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public void A_list_in_one_value_has_the_same_limit(char separator)
    {
        var policy = Json(Rule(
            $$"""{ "RemoteAddress": "{{string.Join(separator, Enumerable.Repeat("::1", 10_001))}}" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445, source: "::1")));
        Assert.Equal("more than 10000 values", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void A_list_has_a_limit_and_is_open_beyond_it()
    {
        var addresses = string.Join(',', Enumerable.Range(0, 10_001).Select(n => $"\"10.{n >> 8}.{n & 255}.1\""));
        var policy = Json(Rule($$"""{ "RemoteAddress": [{{addresses}}] }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445, source: "10.0.1.1")));
        Assert.Equal("more than 10000 values", Assert.Single(policy.NotEvaluable).Reason);
    }
}
