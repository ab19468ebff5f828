using static PortAudit.Audit.Policies.Model.PolicyOutcome;

namespace PortAudit.Tests.Audit.Policies.Cisco;

/// <summary>The output of <c>show access-list</c>, alone and behind a configuration.</summary>
public sealed class AsaShownTests
{
    private const string Shown = """
        access-list cached ACL log flows: total 0, denied 0 (deny-flow-max 4096)
                    alert-interval 300
        access-list outside_in; 3 elements; name hash: 0x1a2b3c4d
        access-list outside_in line 1 remark Web servers
        access-list outside_in line 2 extended permit tcp any object-group WEB eq www (hitcnt=12) 0x11111111
          access-list outside_in line 2 extended permit tcp any host 10.0.0.1 eq www (hitcnt=7) 0x22222222
          access-list outside_in line 2 extended permit tcp any host 10.0.0.2 eq www (hitcnt=5) 0x33333333
        access-list outside_in line 3 extended deny ip any any log informational interval 300 (hitcnt=99) 0x44444444

        """;

    [Fact]
    public void Elements_take_the_place_of_a_group_that_the_file_does_not_have()
    {
        var policy = CiscoSample.Asa(Shown);

        Assert.Equal(Permitted, policy.Tcp("outside_in", "192.0.2.1", "10.0.0.2"));
        Assert.Equal(Dropped, policy.Tcp("outside_in", "192.0.2.1", "10.0.0.3"));
        Assert.Equal(["outside_in 2.1", "outside_in 2.2", "outside_in 3", "outside_in default"],
            policy.Find("outside_in")!.Rules.Select(rule => rule.Name));
        Assert.Equal([7, 5, 99, null], policy.Find("outside_in")!.Rules.Select(rule => rule.Hits));
        Assert.Null(policy.ReasonOf(5));
    }

    [Fact]
    public void Counters_join_the_entries_of_the_configuration()
    {
        var policy = CiscoSample.Asa("""
            object-group network WEB
             network-object host 10.0.0.1
             network-object host 10.0.0.2
            access-list outside_in remark Web servers
            access-list outside_in extended permit tcp any object-group WEB eq www
            access-list outside_in extended deny ip any any log

            """ + Shown);

        Assert.Equal(["outside_in 2", "outside_in 3", "outside_in default"],
            policy.Find("outside_in")!.Rules.Select(rule => rule.Name));
        Assert.Equal([12, 99, null], policy.Find("outside_in")!.Rules.Select(rule => rule.Hits));
    }
}
