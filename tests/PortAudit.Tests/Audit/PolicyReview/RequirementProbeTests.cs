using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>What documents ask for, put to a firewall between the segments: fe01 is 10.0.0.1, cms, which is an fe,
/// 10.0.0.2; edge1 has two addresses, 10.1.0.1 and 10.1.0.5.</summary>
public sealed class RequirementProbeTests
{
    [Fact]
    public void No_probe_mixes_the_families_of_addresses() => Assert.Equal(RequirementStatus.Open,
        Asked("web any fe tcp 443 - any", Rule("permit tcp 0.0.0.0/0 10.0.0.0/16 443")).Status);

    [Fact]
    public void What_any_host_may_need_passes_where_it_passes_for_one_however_many_rules_are_about_others()
    {
        var others = Enumerable.Range(0, 40).Select(number => Rule($"permit udp 10.2.{number}.7 10.0.0.1,10.0.0.2 53"));
        var row = Asked("web any fe tcp 443 - any", [.. others, Rule("permit tcp 203.0.113.9 10.0.0.1,10.0.0.2 443")]);

        Assert.Equal((RequirementStatus.Open, 2, 0), (row.Status, row.Probes, row.Stopped));
    }

    [Fact]
    public void What_any_host_may_need_is_closed_where_no_address_passes()
    {
        var row = Asked("web any fe tcp 443 - any", Rule("drop tcp 10.2.0.9 10.0.0.1 443"));

        Assert.Equal((RequirementStatus.Closed, 2), (row.Status, row.Stopped));
        Assert.Equal("10.2.0.9", row.Examples[0].From);
    }

    [Fact]
    public void Where_more_pieces_are_than_are_tried_nothing_is_called_closed()
    {
        var rules = Enumerable.Range(0, 40).Select(number => Rule($"drop tcp 10.2.{number}.7 10.0.0.1,10.0.0.2 443"))
            .Append(Rule("permit tcp 203.0.113.9 10.0.0.1,10.0.0.2 443"));

        Assert.Equal(RequirementStatus.Undecided, Asked("web any fe tcp 443 - any", [.. rules]).Status);
    }

    [Fact]
    public void A_host_of_two_addresses_needs_one_of_them()
    {
        var row = Asked("web edge fe tcp 443 - any", Rule("permit tcp 10.1.0.1 10.0.0.1 443"));

        Assert.Equal((RequirementStatus.PartlyClosed, 2, 1), (row.Status, row.Probes, row.Stopped));
        Assert.Equal(("edge1", "cms"), (row.Examples[0].From, row.Examples[0].To));
    }

    [Fact]
    public void Part_of_a_range_that_is_closed_is_said_to_be_a_part()
    {
        var row = Asked("range client fe tcp 5000-5020 - any", Rule("drop tcp any any 5010-5011"),
            Rule("permit any any any"));

        Assert.Equal(RequirementStatus.PartlyClosed, row.Status);
        Assert.Contains(row.Examples, example => example.Service == "tcp 5010");
    }

    private static RequirementRow Asked(string document, params PolicyRule[] rules)
    {
        var bench = new AuditBench(RuleSample.Required(document))
        {
            Policies = [ReviewSample.Bound(Forwarding([.. rules, Default(PolicyAction.Drop)]))],
        };
        bench.Site = bench.Site with
        {
            Hosts = bench.Site.Hosts.Replace(bench.Site.Hosts[3], bench.Site.Hosts[3] with
            {
                Addresses = [AddressOf("10.1.0.1"), AddressOf("10.1.0.5")],
            }),
        };
        return Assert.Single(Assert.Single(bench.Run([]).Policies).Requirements);
    }
}
