using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class AsaTranslationTests
{
    [Theory]
    [InlineData("static 192.0.2.5", "10.0.0.5", "192.0.2.5", true)]
    [InlineData("dynamic 192.0.2.5", "10.0.0.5", "192.0.2.5", false)]
    [InlineData("dynamic interface", "10.0.0.5", null, false)]
    public void An_object_is_translated(string kind, string real, string? mapped, bool isStatic)
    {
        var translation = Assert.Single(CiscoSample.Asa($"""
            object network web
             host 10.0.0.5
             nat (inside,outside) {kind}
            """).Translations);

        Assert.Equal(real, AddressSet.Text(translation.Real!));
        Assert.Equal(mapped, translation.Mapped is null ? null : AddressSet.Text(translation.Mapped));
        Assert.Equal(isStatic, translation.IsStatic);
    }

    [Fact]
    public void A_network_is_translated_to_one_of_its_size()
    {
        var translation = Assert.Single(CiscoSample.Asa("""
            object network lan
             subnet 10.0.0.0 255.255.255.0
             nat (inside,outside) static 192.0.2.0
            """).Translations);

        Assert.Equal("192.0.2.0/24", AddressSet.Text(translation.Mapped!));
    }

    [Fact]
    public void Twice_NAT_translates_source_and_destination()
    {
        var translations = CiscoSample.Asa("""
            object network real
             host 10.0.0.5
            object network mapped
             host 192.0.2.5
            object network far
             host 172.16.0.5
            object network seen
             host 10.9.9.9
            nat (inside,outside) source static real mapped destination static seen far no-proxy-arp route-lookup
            nat (inside,outside) source static real mapped inactive
            """).Translations;

        Assert.Equal(["10.0.0.5", "172.16.0.5"], translations.Select(entry => AddressSet.Text(entry.Real!)));
        Assert.Equal(["192.0.2.5", "10.9.9.9"], translations.Select(entry => AddressSet.Text(entry.Mapped!)));
    }

    [Fact]
    public void Before_8_3_the_mapped_address_comes_first_and_lists_name_it()
    {
        var policy = CiscoSample.Asa("""
            ASA Version 8.2(5)
            global (outside) 1 192.0.2.10-192.0.2.20
            nat (inside) 1 10.0.0.0 255.255.255.0
            static (inside,outside) 192.0.2.5 10.0.0.5 netmask 255.255.255.255
            static (inside,outside) tcp interface 443 10.0.0.6 8443 netmask 255.255.255.255
            """);

        Assert.True(policy.MatchesMappedAddresses);
        var fixedOne = policy.Translations[2];
        Assert.Equal(("10.0.0.5", "192.0.2.5"), (AddressSet.Text(fixedOne.Real!), AddressSet.Text(fixedOne.Mapped!)));
        Assert.True(policy.Translations[3].ChangesPorts);
        Assert.Equal("ports of a translation are not evaluated", policy.ReasonOf(5));
    }

    [Fact]
    public void Since_8_3_lists_name_real_addresses() =>
        Assert.False(CiscoSample.Asa("ASA Version 9.1(2)").MatchesMappedAddresses);
}
