using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Policies.Model;

public sealed class AddressSetTests
{
    [Fact]
    public void A_wildcard_mask_of_scattered_bits_matches_what_agrees_in_the_other_bits()
    {
        const uint Address = 0x0A00_0001;
        const uint Wildcard = 0x0000_0305;
        var set = AddressSet.OfWildcard(Address, Wildcard)!;

        for (var value = 0x0A00_0000u; value < 0x0A00_0800; value++)
            Assert.Equal((value & ~Wildcard) == (Address & ~Wildcard),
                set.Contains(AddressSet.Number(PortAudit.Traffic.Wire.IpAddress.FromIpv4(value))));
        Assert.Equal(16, set.Ranges.Sum(range => (int)(range.Last - range.First) + 1));
    }

    [Fact]
    public void A_wildcard_mask_of_all_bits_is_any_address() =>
        Assert.Equal(AddressSet.AnyIpv4, AddressSet.OfWildcard(0, uint.MaxValue));

    [Fact]
    public void A_wildcard_mask_that_expands_into_too_many_ranges_is_refused() =>
        Assert.Null(AddressSet.OfWildcard(0, 0xAAAA_AAAA));

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.6", "10.0.0.1/32 10.0.0.2/31 10.0.0.4/31 10.0.0.6/32")]
    [InlineData("0.0.0.0", "255.255.255.255", "0.0.0.0/0")]
    [InlineData("10.0.0.0", "10.0.1.255", "10.0.0.0/23")]
    [InlineData("2001:db8::", "2001:db8::ffff", "2001:db8::/112")]
    public void A_range_is_made_of_the_fewest_prefixes(string first, string last, string prefixes)
    {
        var set = AddressSet.Of(AddressOf(first), AddressOf(last));

        Assert.Equal(prefixes, string.Join(' ', AddressSet.Prefixes(set, 100)));
        Assert.Equal(set, IntervalSet.Of(AddressSet.Prefixes(set, 100).SelectMany(prefix =>
            AddressSet.Of(prefix).Ranges)));
    }

    [Fact]
    public void Both_families_make_up_any_address()
    {
        Assert.Equal("any", AddressSet.Text(AddressSet.AnyIpv4.Union(AddressSet.AnyIpv6)));
        Assert.Equal("any IPv4", AddressSet.Text(AddressSet.Of(new Prefix(AddressOf("0.0.0.0"), 0))));
    }

    [Fact]
    public void Prefixes_of_all_addresses_end() => Assert.Equal("::/0", string.Join(' ',
        AddressSet.Prefixes(AddressSet.Any, 10)));
}
