using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Policies.Windows;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class NetshTextTests
{
    private const string Dashes = "----------------------------------------------------------------------";

    private const string Web = $"""
        Rule Name:                            web
        {Dashes}
        Enabled:                              Yes
        Direction:                            In
        Profiles:                             Domain,Private,Public
        Grouping:
        LocalIP:                              Any
        RemoteIP:                             Any
        Protocol:                             TCP
        LocalPort:                            443
        RemotePort:                           Any
        Edge traversal:                       No
        Action:                               Allow
        """;

    [Theory]
    [InlineData("netsh-en.txt")]
    [InlineData("netsh-de.txt")]
    [InlineData("netsh-fr.txt")]
    [InlineData("netsh-es.txt")]
    public void The_same_rules_in_four_languages(string name)
    {
        var policy = Read(File.ReadAllText(PathOf(name)));
        var icmp = new PolicyProbe(Address(Client), Address(Server), IpProtocol.Icmp, null, null)
        {
            IcmpType = 8,
            Profile = "Domain",
        };

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, OfDomain(443)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, OfDomain(443, source: "10.2.0.1")));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, icmp));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, icmp with { IcmpType = 13 }));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, OfDomain(50_000)));
        Assert.Equal(PolicyOutcome.Dropped, Outbound(policy, OfDomain(25, Server, Client)));
        Assert.Equal(PolicyOutcome.Permitted, Outbound(policy, OfDomain(80, Server, Client)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, OfDomain(1) with { Profile = "Private" }));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void An_RPC_rule_shows_program_and_service()
    {
        var rule = Rules(Read(File.ReadAllText(PathOf("netsh-en.txt")))).Single(rule =>
            rule.Conditions.Any(condition => condition.Kind == ConditionKind.RpcPort));

        Assert.Equal([(ConditionKind.Program, @"program C:\Windows\System32\lsass.exe"),
            (ConditionKind.SystemService, "service NTDS")],
            rule.Conditions.Where(condition => condition.Kind is ConditionKind.Program or ConditionKind.SystemService)
                .Select(condition => (condition.Kind, condition.Text)));
    }

    [Theory]
    [InlineData("netsh-de.txt", 850)]
    [InlineData("netsh-fr.txt", 850)]
    [InlineData("netsh-es.txt", 1252)]
    public void The_code_page_of_the_console_does_not_matter(string name, int codePage)
    {
        // Every letter outside ASCII becomes one byte that is no UTF-8; which byte does not matter here.
        var bytes = File.ReadAllText(PathOf(name)).Select(letter => letter < 128 ? (byte)letter
            : (byte)(codePage == 850 ? 0x82 : 0xE9)).ToArray();

        Assert.Empty(Read(bytes).NotEvaluable);
    }

    [Fact]
    public void Without_verbose_a_rule_may_be_narrower()
    {
        var policy = Read($"""
            {Web}
            Ok.
            """);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(443)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(81)));
        Assert.Equal("the file does not state Program, Service, InterfaceType, Security",
            Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void An_unknown_language_gets_a_clear_reason_and_leaves_everything_open()
    {
        var policy = Read($"""
            Nome regola:                          web
            {Dashes}
            Abilitata:                            Sì
            Direzione:                            In
            Profili:                              Dominio,Privato,Pubblico
            IP locale:                            Qualsiasi
            IP remoto:                            Qualsiasi
            Protocollo:                           TCP
            Porta locale:                         80
            Azione:                               Consenti
            OK.
            """);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal("the labels are in an unknown language; known are English, German, French and Spanish",
            policy.NotEvaluable[0].Reason);
        Assert.Equal(0, policy.Lines.Understood);
    }

    [Fact]
    public void A_rule_that_is_cut_off_leaves_verdicts_open()
    {
        var policy = Read($"""
            Rule Name:                            web
            {Dashes}
            Enabled:                              Yes
            Direction:                            In
            """);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal(PolicyOutcome.Undecided, Outbound(policy, Tcp(80, Server, Client)));
        Assert.Contains("cut off", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_label_leaves_its_rule_open()
    {
        var text = File.ReadAllText(PathOf("netsh-en.txt"))
            .Replace("LocalIP: ", "Phase of moon: full\nLocalIP: ", StringComparison.Ordinal);
        var policy = Read(text);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(443)));
        Assert.Contains("unknown label 'Phase of moon'", policy.NotEvaluable[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BlockInbound,AllowOutbound", PolicyOutcome.Dropped, PolicyOutcome.Permitted)]
    [InlineData("BlockInboundAlways,BlockOutbound", PolicyOutcome.Dropped, PolicyOutcome.Dropped)]
    [InlineData("AllowInbound,AllowOutbound", PolicyOutcome.Permitted, PolicyOutcome.Permitted)]
    [InlineData("PermitirEntrada,PermitirSalida", PolicyOutcome.Undecided, PolicyOutcome.Undecided)]
    public void Default_actions_of_a_profile(string words, PolicyOutcome inbound, PolicyOutcome outbound)
    {
        var policy = Read($"""
            Public Profile Settings:
            {Dashes}
            State                                 ON
            Firewall Policy                       {words}
            LocalFirewallRules                    N/A (GPO-store only)
            LogDroppedConnections                 Disable
            Ok.
            {Web}
            """);

        Assert.Equal(inbound, Inbound(policy, Tcp(80) with { Profile = "Public" }));
        Assert.Equal(outbound, Outbound(policy, Tcp(80, Server, Client) with { Profile = "Public" }));
    }

    [Fact]
    public void A_line_of_a_megabyte_is_cut()
    {
        var addresses = string.Join(',', Enumerable.Repeat("10.1.0.5/32", 100_000));
        var policy = Read(File.ReadAllText(PathOf("netsh-en.txt")).Replace("10.1.0.0/16", addresses,
            StringComparison.Ordinal));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(443)));
        Assert.Contains("longer than 65536 characters", Assert.Single(policy.NotEvaluable).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_prefix_is_read_without_an_exception()
    {
        var whole = File.ReadAllText(PathOf("netsh-fr.txt"));
        for (var length = 0; length < whole.Length; length += 7)
            Assert.NotEmpty(NetshText.Read(
                ConfigurationText.Of("x", Encoding.UTF8.GetBytes(whole[..length]))).Lists);
    }

    [Fact]
    public void Fifty_thousand_rules_are_read()
    {
        var text = File.ReadAllText(PathOf("netsh-en.txt"));
        const string Next = "Rule Name:                            ping";
        var rule = text[text.IndexOf("Rule Name", StringComparison.Ordinal)..text.IndexOf(Next,
            StringComparison.Ordinal)];
        var policy = Read(string.Concat(Enumerable.Repeat(rule, 50_000)));

        Assert.Equal(50_000, Rules(policy).Count);
    }

    private static PolicyProbe OfDomain(ushort port, string source = Client, string destination = Server) =>
        Tcp(port, source, destination) with { Profile = "Domain" };

    internal static string PathOf(string name) => Repository.PathOf(
        "tests", "PortAudit.Tests", "Audit", "Policies", "Windows", "Samples", name);
}
