using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Policies.Windows;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsJsonTests
{
    [Fact]
    public void One_object_alone() => Assert.Equal(PolicyOutcome.Permitted, Inbound(Read(Rule()), Tcp(445)));

    [Fact]
    public void An_object_a_line()
    {
        var policy = Read(Rule() + "\n" + Rule("""{ "LocalPort": "80" }""") + "\n" + Profile("Domain"));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80)));
        Assert.Equal([1, 2], Rules(policy).Select(rule => rule.Line.Line));
        Assert.Equal(new PolicyLineCounts(3, 3, 0, 0), policy.Lines);
    }

    [Fact]
    public void Profiles_and_rules_in_an_object_of_both()
    {
        var policy = Read($$"""
            {
              "Profiles": [ {{Profile("Domain, Private, Public", """{ "DefaultInboundAction": "Allow" }""")}} ],
              "Rules": [ {{Rule("""{ "Action": "Block" }""")}} ]
            }
            """);

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80)));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Filters_may_be_nested_objects()
    {
        var policy = Read("""
            [{
              "Name": "id", "DisplayName": "nested", "Enabled": "True", "Profile": "Any", "Direction": "Inbound",
              "Action": "Allow", "PolicyStoreSourceType": "Local",
              "AddressFilter": { "InstanceID": "x", "LocalAddress": "Any", "RemoteAddress": "10.1.0.0/16" },
              "PortFilter": { "Protocol": "TCP", "LocalPort": ["443"], "RemotePort": "Any", "IcmpType": "Any" },
              "ApplicationFilter": { "Program": "Any", "Package": null, "CimClass": { "Action": "Block" } },
              "ServiceFilter": { "Service": "Any" },
              "InterfaceFilter": { "InterfaceAlias": "Any" }, "InterfaceTypeFilter": { "InterfaceType": "Any" },
              "SecurityFilter": { "Authentication": "NotRequired", "Encryption": "NotRequired",
                "OverrideBlockRules": false, "LocalUser": "Any", "RemoteUser": "Any", "RemoteMachine": "Any" },
              "CimInstanceProperties": [ { "Name": "Action", "Direction": "Outbound" } ]
            }]
            """);

        Assert.Equal("nested", Assert.Single(Rules(policy)).Name);
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(443)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(443, source: "10.2.0.1")));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Windows_PowerShell_wraps_values()
    {
        var policy = Json(Rule("""
            { "LocalPort": { "value": ["80", "443"], "Count": 2 }, "Action": { "value": 2, "Value": "Allow" } }
            """));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(443)));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void UTF16_with_a_byte_order_mark_is_read()
    {
        var policy = Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Rule())]);

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445)));
    }

    [Fact]
    public void What_is_cut_off_leaves_verdicts_open()
    {
        var whole = "[\n" + Rule("""{ "Action": "Block" }""") + ",\n" + Rule("""{ "LocalPort": "80" }""") + "\n]";
        var policy = Read(whole[..^60]);

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(22)));
        Assert.Contains(policy.NotEvaluable, line =>
            line.Reason.Contains("the JSON is broken or ends here", StringComparison.Ordinal));
    }

    [Fact]
    public void Behind_something_broken_the_rest_is_read()
    {
        var policy = Read("[\n" + Rule() + ",\n{ \"Direction\": oops },\n" + Rule("""{ "LocalPort": "80" }""") + ",\n"
            + Rule("""{ "LocalPort": "81", "Action": "Block" }""") + "\n]");

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(81)));
        Assert.Contains(Rules(policy), rule => rule.Line.Line == 4 && rule.Conditions.IsEmpty);
        Assert.All(policy.NotEvaluable, line => Assert.Equal(3, line.Line.Line));
    }

    [Fact]
    public void Every_prefix_is_read_without_an_exception()
    {
        var whole = "[" + Profile("Domain") + "," + Rule("""{ "LocalPort": ["80", "RPC"] }""") + "]";
        for (var length = 0; length < whole.Length; length++)
            Assert.NotEqual(PolicyOutcome.Permitted, Inbound(ReadJson(whole[..length]), Tcp(22)));
    }

    [Fact]
    public void A_rule_of_many_lines_is_listed_at_the_line_that_is_not_understood()
    {
        var lines = Rule("""{ "RemoteAddress": "LocalSubnet" }""").Replace(",\"", ",\n\"", StringComparison.Ordinal);
        var policy = Read("[\n" + lines + "\n]");

        var listed = Assert.Single(policy.NotEvaluable);
        Assert.Equal("\"RemoteAddress\":\"LocalSubnet\",", listed.Text);
        Assert.Equal(policy.Lines.Total, policy.Lines.Understood + 1);
    }

    [Fact]
    public void All_on_one_line_has_reasons_of_several_rules()
    {
        var policy = Read("[" + string.Join(',', Enumerable.Range(0, 9).Select(n =>
            Rule($$"""{ "DisplayName": "r{{n}}", "RemoteAddress": "Group{{n}}" }"""))) + "]");

        var reason = Assert.Single(policy.NotEvaluable).Reason;
        Assert.StartsWith("'r0': the file does not say which addresses 'Group0' are; 'r1':", reason,
            StringComparison.Ordinal);
        Assert.EndsWith("; and more", reason, StringComparison.Ordinal);
        Assert.Equal(9, Rules(policy).Count);
    }

    [Theory]
    [InlineData("""{ "DisplayName": "\ud800", "Direction": 1, "Action": 2 }""")]
    [InlineData("""{ "Direction": {}, "Action": [[[]]], "LocalPort": [null, 1, {}] }""")]
    [InlineData("""{ "Direction": 1, "Action": 2, "Profile": 99999999999999999999 }""")]
    [InlineData("""[ "Direction", "Action", "DisplayName", """)]
    [InlineData("{ \"Direction\": \"\u0007\" } \"Action\" \"Profile\"")]
    public void Odd_JSON_is_no_exception(string json) => Assert.NotEmpty(ReadJson(json).Lists);

    [Fact]
    public void Deep_nesting_ends_at_the_limit_of_the_reader()
    {
        var policy = Read("[" + Rule() + "," + new string('[', 100_000));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(22)));
    }

    [Fact]
    public void A_value_of_a_megabyte_is_cut()
    {
        var addresses = string.Join(',', Enumerable.Repeat("10.1.0.5", 120_000));
        var policy = Json(Rule($$"""{ "RemoteAddress": "{{addresses}}" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Contains("longer than 65536 characters", Assert.Single(policy.NotEvaluable).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_thousand_rules_are_read()
    {
        var policy = Json([.. Enumerable.Repeat(Rule(), 50_000)]);

        Assert.Equal(50_000, Rules(policy).Select(rule => rule.Name).Distinct().Count());
        Assert.Equal(50_000, policy.Lines.Understood);
    }

    [Fact]
    public void A_rule_of_device_management_is_no_local_one()
    {
        string[] profiles = [.. PolicyCondition.Profiles.Select(name =>
            Profile(name, """{ "AllowLocalFirewallRules": 0 }"""))];

        Assert.Equal(PolicyOutcome.Permitted,
            Inbound(Json([.. profiles, Rule("""{ "PolicyStoreSource": "MDM" }""")]), Tcp(445)));
    }

    private static Policy ReadJson(string json) =>
        WindowsJson.Read(ConfigurationText.Of("x", Encoding.UTF8.GetBytes(json)));
}
