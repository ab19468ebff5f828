using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Yaml;
using PortAudit.Tests.Yaml;
using static PortAudit.Tests.Audit.PolicyReview.ReviewSample;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>Firewalls as the site names them.</summary>
public sealed class BoundPolicyTests : IDisposable
{
    private const string Rules = """
        Name,Group,Protocol,Port,IcmpType,Program,Service,RemoteAddress,Description
        Web,Web,TCP,443,,System,,Client,Web

        """;

    private readonly ScratchDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Names_of_the_configuration_stand_for_the_roles_and_hosts_of_the_site()
    {
        var (policy, diagnostics) = Read("fe01", ("Client", "client"), ("Server", "db01"));
        var source = policy.Policy.Lists[0].Rules[0].Source;

        Assert.False(source.IsOpen);
        Assert.Equal("10.2.0.0/16", PortAudit.Audit.Policies.Model.AddressSet.Text(source.Set));
        Assert.Contains("no rule of", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
        Assert.Contains("'Server'", diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_a_host_that_is_not_named_meet_nothing_and_a_warning_says_so() => Assert.Contains(
        Read(null, ("Client", "client")).Diagnostics,
        diagnostic => diagnostic.Suggestion?.Contains("HOST=FILE", StringComparison.Ordinal) == true);

    private (BoundPolicy Policy, List<Diagnostic> Diagnostics) Read(string? host,
        params (string Name, string Party)[] addresses)
    {
        var bench = new AuditBench(RuleSample.Of("web client fe tcp 443 - any"));
        var entry = SiteOf() with
        {
            File = _directory.Write("rules.csv", Rules),
            Host = host,
            Addresses = SiteOf().Addresses.AddRange(addresses.Select(entry =>
                KeyValuePair.Create(entry.Name, System.Collections.Immutable.ImmutableArray.Create(entry.Party)))),
        };
        var diagnostics = new List<Diagnostic>();
        return (BoundPolicy.Read(entry, bench.Site, bench.Catalogs, diagnostics)!, diagnostics);
    }
}
