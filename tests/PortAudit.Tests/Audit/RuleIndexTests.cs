using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit;

public sealed class RuleIndexTests
{
    private static readonly HostIdentity Head = HostOf("host1", "fe-cms", "db");
    private static readonly HostIdentity Store = HostOf("host2", "db");
    private static readonly HostIdentity Stranger = HostOf(null, BuiltInRoles.Internet);

    private static readonly RuleIndex Index = IndexOf(
        "wide fe db tcp 1-65535 - any",
        "narrow fe-cms db tcp 6000-6010 - any",
        "exact fe,fe-cms,any db,any tcp 6005,6000-6001,6000-6010 - any",
        "by-name host1 host2 tcp 6005 - any",
        "udp fe db udp 6005 - any",
        "ping any db icmp - - any",
        "every-port db fe tcp - - any",
        "last fe db sctp 65535 - any");

    [Theory]
    [InlineData("tcp", 6005, "by-name exact narrow wide")]
    [InlineData("tcp", 6000, "exact narrow wide")]
    [InlineData("tcp", 6010, "exact narrow wide")]
    [InlineData("tcp", 6011, "wide")]
    [InlineData("tcp", 65535, "wide")]
    [InlineData("tcp", 0, "")]
    [InlineData("udp", 6005, "udp")]
    [InlineData("sctp", 65535, "last")]
    [InlineData("sctp", 65534, "")]
    [InlineData("icmp", 8, "ping")]
    [InlineData("icmp6", 8, "")]
    public void A_flow_meets_every_rule_that_covers_it_once_in_the_order_of_preference(string transport, ushort port,
        string ids) =>
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries), Ids(transport, port, Head, Store));

    [Theory]
    [InlineData("tcp", 6005, "exact")]
    [InlineData("tcp", 1, "")]
    [InlineData("icmp", 0, "ping")]
    public void Any_host_answers_to_any_only(string transport, ushort port, string ids) =>
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries), Ids(transport, port, Stranger, Store));

    [Fact]
    public void A_rule_without_ports_covers_every_port() => Assert.Equal(["every-port"], Ids("tcp", 1, Store, Head));

    [Fact]
    public void A_flow_that_no_rule_covers_allocates_nothing()
    {
        Index.Covering(IpProtocol.Tcp, 1, Stranger, Head);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (ushort port = 1; port < 1000; port++)
            Index.Covering(IpProtocol.Tcp, port, Stranger, Head);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Answers_that_were_kept_are_those_of_the_index_and_allocate_nothing()
    {
        var kept = new CoveringRules(Index);
        HostIdentity[] hosts = [Head, Store, Stranger, HostOf("host3", "fe-cms", "db"), Store with { Name = "host4" },
            Head with { Name = null }];
        var questions = from transport in new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp }
                        from port in new ushort[] { 6000, 6005, 6011 }
                        from one in hosts
                        from other in hosts
                        select (transport, port, one, other);
        for (var round = 0; round < 2; round++)
        {
            foreach (var (transport, port, one, other) in questions)
                Assert.Equal(Index.Covering(transport, port, one, other).AsEnumerable(),
                    kept.Of(transport, port, one, other));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            kept.Of(IpProtocol.Tcp, 6005, Head, Store);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Answers_beyond_those_that_are_kept_are_right_as_well()
    {
        var kept = new CoveringRules(Index);
        for (var port = 0; port <= ushort.MaxValue; port++)
        {
            kept.Of(IpProtocol.Tcp, (ushort)port, Store, Stranger);
            kept.Of(IpProtocol.Tcp, (ushort)port, Head, Store);
        }

        Assert.Equal(Index.Covering(IpProtocol.Udp, 6005, Head, Store).AsEnumerable(),
            kept.Of(IpProtocol.Udp, 6005, Head, Store));
    }

    private static IEnumerable<string> Ids(string transport, ushort port, HostIdentity from, HostIdentity to)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));
        return Index.Covering(protocol, port, from, to).Select(match => match.Rule.Rule.Id);
    }

    private static HostIdentity HostOf(string? name, params string[] roles) =>
        new(FlowSample.AddressOf("10.0.0.1"), name, [.. roles], null, IsListed: true);

    private static RuleIndex IndexOf(params string[] rules)
    {
        var catalog = new CatalogFile
        {
            Id = "sample",
            Title = "",
            File = "",
            Sha256 = "",
            Roles = [new Role("fe", "", [], null, null), new Role("fe-cms", "", [], "fe", null),
                new Role("db", "", [], null, null)],
            Rules = [.. rules.Select(RuleSample.Of)],
            Conditions = [],
            Parameters = [],
        };
        var catalogs = new CatalogSet([catalog], []);
        return new RuleIndex(RuleBook.Bind(catalogs, site: null), new RoleTree(catalogs));
    }
}
