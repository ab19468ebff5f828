using static PortAudit.Audit.Policies.Model.PolicyOutcome;

namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class AsaObjectTests
{
    private const string Groups = """
        object network web
         host 10.0.0.1
        object network pool
         range 10.0.1.10 10.0.1.20
        object network names
         fqdn v4 www.example.com
        object service alt
         service tcp source gt 1023 destination eq 8080
        object-group network inner
         network-object object web
         network-object 10.0.2.0 255.255.255.0
        object-group network outer
         description nested
         group-object inner
         network-object object pool
        object-group network partly
         network-object host 10.0.9.1
         network-object object names
        object-group service ports tcp
         port-object eq https
         port-object range 8000 8010
        object-group service mixed
         service-object udp destination eq domain
         service-object tcp destination eq domain
         service-object icmp echo
         service-object object alt
        object-group protocol protocols
         protocol-object udp
         protocol-object tcp
        object-group icmp-type pings
         icmp-object echo
         icmp-object echo-reply

        """;

    [Theory]
    [InlineData("10.0.0.1", 443)]
    [InlineData("10.0.1.20", 443)]
    [InlineData("10.0.2.77", 8010)]
    public void Nested_groups_and_ports_match(string destination, ushort port) => Assert.Equal(Permitted,
        CiscoSample.Asa(Groups + "access-list a extended permit tcp any object-group outer object-group ports")
            .Tcp("a", "192.0.2.1", destination, port));

    [Theory]
    [InlineData("10.0.1.21", 443)]
    [InlineData("10.0.0.1", 8011)]
    public void Others_do_not(string destination, ushort port) => Assert.Equal(Dropped,
        CiscoSample.Asa(Groups + "access-list a extended permit tcp any object-group outer object-group ports")
            .Tcp("a", "192.0.2.1", destination, port));

    [Fact]
    public void A_group_of_services_stands_for_the_protocol()
    {
        var policy = CiscoSample.Asa(Groups + "access-list a extended permit object-group mixed any object web");

        Assert.Equal(Permitted, policy.Udp("a", "192.0.2.1", "10.0.0.1", 53));
        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 53));
        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 8080));
        Assert.Equal(Permitted, policy.Icmp("a", "192.0.2.1", "10.0.0.1", 8));
        Assert.Equal(Dropped, policy.Icmp("a", "192.0.2.1", "10.0.0.1", 0));
        Assert.Equal(Dropped, policy.Udp("a", "192.0.2.1", "10.0.0.1", 8080));
    }

    [Fact]
    public void A_group_behind_the_source_is_a_source_port_when_it_holds_ports()
    {
        var policy = CiscoSample.Asa(Groups
            + "access-list a extended permit object-group protocols any object-group ports object web");

        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 443));
        Assert.Empty(policy.NotEvaluable.Where(entry => !entry.Reason.Contains("resolved", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_group_of_ICMP_types_matches()
    {
        var policy = CiscoSample.Asa(Groups + "access-list a extended permit icmp any any object-group pings");

        Assert.Equal(Permitted, policy.Icmp("a", "192.0.2.1", "10.0.0.1", 0));
        Assert.Equal(Dropped, policy.Icmp("a", "192.0.2.1", "10.0.0.1", 3));
    }

    [Fact]
    public void A_host_name_leaves_other_addresses_open()
    {
        var policy = CiscoSample.Asa(Groups + "access-list a extended permit tcp any object-group partly");

        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.9.1"));
        Assert.Equal(Undecided, policy.Tcp("a", "192.0.2.1", "10.0.9.2"));
        Assert.Contains(policy.NotEvaluable, entry => entry.Reason == "names of hosts are resolved by the device");
    }

    [Fact]
    public void A_group_that_holds_itself_is_open()
    {
        var policy = CiscoSample.Asa("""
            object-group network one
             network-object host 10.0.0.1
             group-object two
            object-group network two
             group-object one
            access-list a extended permit tcp any object-group one
            """);

        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.0.1"));
        Assert.Equal(Undecided, policy.Tcp("a", "192.0.2.1", "10.0.0.2"));
        Assert.Equal("the group 'one' holds itself", policy.ReasonOf(5));
    }

    [Fact]
    public void Groups_nested_too_deep_are_open()
    {
        var lines = Enumerable.Range(0, 200).Select(number =>
            $"object-group network g{number}\n group-object g{number + 1}\n");
        var policy = CiscoSample.Asa(string.Concat(lines) + "object-group network g200\n network-object host 10.0.0.1\n"
            + "access-list a extended permit tcp any object-group g0");

        Assert.Equal(Undecided, policy.Tcp("a", "192.0.2.1", "10.0.0.1"));
        Assert.Contains(policy.NotEvaluable, entry => entry.Reason == "groups are nested more than 64 deep");
    }

    [Fact]
    public void Groups_that_double_at_each_level_stay_bounded()
    {
        var lines = Enumerable.Range(1, 60).Select(number =>
            $"object-group service g{number}\n group-object g{number - 1}\n group-object g{number - 1}\n"
            + $" service-object tcp source eq {number} destination eq {number}\n");
        var policy = CiscoSample.Asa("object-group service g0\n service-object udp\n" + string.Concat(lines)
            + "access-list a extended permit object-group g60 any any");

        Assert.Equal(Permitted, policy.Udp("a", "192.0.2.1", "10.0.0.1", 53));
    }
}
