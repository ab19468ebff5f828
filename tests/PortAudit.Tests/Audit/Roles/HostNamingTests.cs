using System.Collections.Immutable;
using PortAudit.Audit.Roles;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Roles;

public sealed class HostNamingTests
{
    [Fact]
    public void A_domain_s_apex_is_no_host_name() => Assert.Equal(
        "dc1.corp.example.test",
        NamesOf("10.0.0.9 corp.example.test 90", "10.0.0.9 dc1.corp.example.test 1", "10.0.0.8 corp.example.test 90"));

    [Fact]
    public void A_name_of_two_labels_in_DNS_is_an_apex_and_one_of_multicast_DNS_is_a_host()
    {
        Assert.Equal("", NamesOf("10.0.0.9 example.test 5"));
        Assert.Equal("printer.local", NamesOf("10.0.0.9 printer.local 5 Mdns"));
    }

    [Fact]
    public void The_name_seen_most_often_comes_first() => Assert.Equal(
        "files.corp.test mail.corp.test",
        NamesOf("10.0.0.9 mail.corp.test 2", "10.0.0.9 files.corp.test 7"));

    [Fact]
    public void The_full_name_of_a_host_comes_before_its_short_one_and_counts_with_it() => Assert.Equal(
        "dc1.corp.test DC1 mail.corp.test",
        NamesOf("10.0.0.9 mail.corp.test 4", "10.0.0.9 dc1.corp.test 1", "10.0.0.9 DC1 40 Ntlm"));

    [Fact]
    public void What_clients_ask_for_comes_after_what_a_directory_says() => Assert.Equal(
        "web.corp.test www.shop.test",
        NamesOf("10.0.0.9 web.corp.test 1", "10.0.0.9 www.shop.test 90 Sni"));

    private static string NamesOf(params string[] names)
    {
        ImmutableArray<NameSighting> seen = [.. names.Select(line => line.Split(' ')).Select(part => new NameSighting(
            AddressOf(part[0]), part[1], part.Length > 3 ? Enum.Parse<NameBasis>(part[3]) : NameBasis.DnsAnswer,
            long.Parse(part[2], System.Globalization.CultureInfo.InvariantCulture), null, null))];
        return string.Join(' ', new HostNaming(seen).Of(AddressOf("10.0.0.9")).Select(name => name.Name));
    }
}
