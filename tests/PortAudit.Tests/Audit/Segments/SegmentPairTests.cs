using System.Collections.Immutable;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Segments;

/// <summary>Clients (10.2.0.0/16) and internal (10.0.0.0/16) of <see cref="AuditBench"/>; web is documented.</summary>
public sealed class SegmentPairTests
{
    private static readonly FlowRecord Web = Of("10.2.0.9:50000 tcp 10.0.0.1:443");

    [Fact]
    public void A_pair_has_its_services_with_hosts_times_and_rules()
    {
        var later = Of("10.2.0.7:50001 tcp 10.0.0.2:443");
        later = later with { StartNs = Web.StartNs + 5, EndNs = Web.EndNs + 70 };
        var pair = Assert.Single(Run(Web, later));

        Assert.Equal(("clients", "internal", 2L), (pair.From, pair.To, pair.Flows));
        var service = Assert.Single(pair.Services);
        Assert.Equal("tcp 443", service.Socket);
        Assert.Equal(["10.2.0.7", "10.2.0.9"], service.Originators.Select(host => host.Address));
        Assert.Equal(["fe01", "cms"], service.Responders.Select(host => host.Name));
        Assert.Equal((Web.StartNs, Web.EndNs + 70), (service.FirstNs, service.LastNs));
        Assert.Equal("web", Assert.Single(service.Rules));
        Assert.Equal(2, service.Words.Permitted);
    }

    [Fact]
    public void A_scan_of_ports_is_one_row_of_attempts()
    {
        var pair = Assert.Single(Run([.. Enumerable.Range(1_000, 300).Select(port =>
            Of($"10.2.0.9:50000 tcp 10.0.0.1:{port}").Ending(Outcome.Unanswered))]));

        var service = Assert.Single(pair.Services);
        Assert.True(service.IsAttempts);
        Assert.Equal(("tcp", 300L), (service.Socket, service.Flows));
    }

    [Fact]
    public void An_attempt_that_a_rule_covers_keeps_its_port()
    {
        var service = Assert.Single(Assert.Single(Run(Web.Ending(Outcome.Unanswered))).Services);

        Assert.False(service.IsAttempts);
        Assert.Equal("tcp 443", service.Socket);
    }

    [Fact]
    public void Dynamic_ports_are_one_service()
    {
        var service = Assert.Single(Assert.Single(Run(Of("10.2.0.9:50000 tcp 10.0.0.1:49152"),
            Of("10.2.0.9:50000 tcp 10.0.0.1:65535"))).Services);

        Assert.Equal(("tcp 49152-65535", 2L), (service.Socket, service.Flows));
    }

    [Fact]
    public void Services_beyond_the_limit_count_for_the_pair_and_that_is_said()
    {
        var flows = Enumerable.Range(1, SegmentPairTally.MaximumServices + 20)
            .Select(port => Of($"10.2.0.9:50000 tcp 10.0.0.1:{port}")).ToArray();
        var pair = Assert.Single(Run(flows));

        Assert.True(pair.HasMoreServices);
        Assert.Equal(SegmentPairTally.MaximumServices, pair.Services.Length);
        Assert.Equal(flows.Length, pair.Flows);
    }

    [Theory]
    [InlineData("10.0.0.1", true, "10.0.0.0/24")]
    [InlineData("2001:db8::1", true, "Internet")]
    [InlineData("fd00:1:2:3::1", true, "fd00:1:2:3::/64")]
    [InlineData("10.9.9.9", false, "(unlisted)")]
    [InlineData("10.0.0.77", false, "10.0.0.0/24")]
    [InlineData("203.0.113.9", false, "Internet")]
    [InlineData("224.0.0.251", false, "(link)")]
    [InlineData("169.254.3.4", false, "(link)")]
    public void Without_segments_the_network_of_a_listed_address_stands_for_one(string address, bool isListed,
        string name) => Assert.Equal(name, new ShownNetworks(Bench().Site).Of(AddressOf(address),
            isListed));

    [Fact]
    public void A_site_without_segments_shows_networks()
    {
        var bench = Bench();
        bench.Site = bench.Site with { Segments = [] };
        var pair = Assert.Single(bench.Run(Web).SegmentPairs);

        Assert.Equal(("10.2.0.0/24", "10.0.0.0/24"), (pair.From, pair.To));
    }

    [Fact]
    public void Addresses_outside_the_segments_of_a_site_are_in_none() => Assert.Equal(HostIdentity.NoSegment,
        Assert.Single(Run(Of("203.0.113.9:50000 tcp 10.0.0.1:443"))).From);

    private static ImmutableArray<SegmentPair> Run(params FlowRecord[] flows) => Bench().Run(flows).SegmentPairs;

    private static AuditBench Bench() => new(RuleSample.Of("web client fe tcp 443 - any"));
}
