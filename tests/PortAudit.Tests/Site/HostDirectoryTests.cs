using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Site;

public sealed class HostDirectoryTests
{
    private static readonly SiteFile Contoso = SiteOf(
        [new Segment("internal", [PrefixOf("10.0.0.0", 8)]), new Segment("perimeter", [PrefixOf("10.9.0.0", 16)]),
            new Segment("external", [])],
        [new SiteHost("edge1", [AddressOf("10.9.0.5"), AddressOf("2001:db8::5")],
            ["lync-edge-internal", "lync-access-edge"])],
        [
            new SiteNetwork(PrefixOf("10.0.0.0", 8), ["domain-client"]),
            new SiteNetwork(PrefixOf("10.9.0.0", 16), ["lync-client", "domain-client"]),
        ]);

    [Fact]
    public void A_host_is_found_by_each_of_its_addresses()
    {
        var directory = new HostDirectory(Contoso);
        foreach (var address in new[] { "10.9.0.5", "2001:db8::5" })
        {
            var identity = directory.Resolve(AddressOf(address));

            Assert.Equal("edge1", identity.Name);
            Assert.Equal("edge1", identity.Text);
            Assert.Equal("lync-edge-internal lync-access-edge", string.Join(' ', identity.Roles));
            Assert.True(identity.IsListed);
        }
    }

    [Theory]
    [InlineData("8.8.8.8", "external")]
    [InlineData("192.168.1.1", "external")]
    [InlineData("169.254.3.4", null)]
    [InlineData("fe80::1", null)]
    [InlineData("127.0.0.1", null)]
    public void An_address_of_one_link_alone_is_not_in_the_segment_that_takes_the_rest(string address,
        string? expected) =>
        Assert.Equal(expected, new HostDirectory(Contoso).SegmentOf(AddressOf(address)));

    [Fact]
    public void The_longest_prefix_wins_whatever_the_order_of_the_file()
    {
        var reversed =
            Contoso with { Segments = [.. Contoso.Segments.Reverse()], Networks = [.. Contoso.Networks.Reverse()] };

        Assert.Equal("perimeter", new HostDirectory(reversed).SegmentOf(AddressOf("10.9.0.7")));
        Assert.Equal("lync-client", new HostDirectory(reversed).Resolve(AddressOf("10.9.0.7")).PrimaryRole);
    }

    [Fact]
    public void The_longest_network_gives_the_roles_of_an_address_without_a_host()
    {
        var directory = new HostDirectory(Contoso);

        Assert.Equal("lync-client domain-client", string.Join(' ', directory.Resolve(AddressOf("10.9.0.6")).Roles));
        Assert.Equal("domain-client", Assert.Single(directory.Resolve(AddressOf("10.1.0.6")).Roles));
        Assert.Null(directory.Resolve(AddressOf("10.1.0.6")).Name);
        Assert.Equal("10.1.0.6", directory.Resolve(AddressOf("10.1.0.6")).Text);
    }

    [Theory]
    [InlineData("9.255.255.255", BuiltInRoles.Internet)]
    [InlineData("10.0.0.0", BuiltInRoles.UnknownInternal)]
    [InlineData("10.255.255.255", BuiltInRoles.UnknownInternal)]
    [InlineData("11.0.0.0", BuiltInRoles.Internet)]
    [InlineData("100.63.255.255", BuiltInRoles.Internet)]
    [InlineData("100.64.0.0", BuiltInRoles.UnknownInternal)]
    [InlineData("100.127.255.255", BuiltInRoles.UnknownInternal)]
    [InlineData("100.128.0.0", BuiltInRoles.Internet)]
    [InlineData("127.0.0.1", BuiltInRoles.UnknownInternal)]
    [InlineData("169.253.255.255", BuiltInRoles.Internet)]
    [InlineData("169.254.1.1", BuiltInRoles.UnknownInternal)]
    [InlineData("172.15.255.255", BuiltInRoles.Internet)]
    [InlineData("172.16.0.0", BuiltInRoles.UnknownInternal)]
    [InlineData("172.31.255.255", BuiltInRoles.UnknownInternal)]
    [InlineData("172.32.0.0", BuiltInRoles.Internet)]
    [InlineData("192.167.255.255", BuiltInRoles.Internet)]
    [InlineData("192.168.0.1", BuiltInRoles.UnknownInternal)]
    [InlineData("192.169.0.0", BuiltInRoles.Internet)]
    [InlineData("0.0.0.0", BuiltInRoles.UnknownInternal)]
    [InlineData("224.0.0.251", BuiltInRoles.UnknownInternal)]
    [InlineData("255.255.255.255", BuiltInRoles.UnknownInternal)]
    [InlineData("::", BuiltInRoles.UnknownInternal)]
    [InlineData("::1", BuiltInRoles.UnknownInternal)]
    [InlineData("::2", BuiltInRoles.Internet)]
    [InlineData("fbff::1", BuiltInRoles.Internet)]
    [InlineData("fc00::1", BuiltInRoles.UnknownInternal)]
    [InlineData("fdff::1", BuiltInRoles.UnknownInternal)]
    [InlineData("fe80::1", BuiltInRoles.UnknownInternal)]
    [InlineData("febf::1", BuiltInRoles.UnknownInternal)]
    [InlineData("fec0::1", BuiltInRoles.Internet)]
    [InlineData("ff02::fb", BuiltInRoles.UnknownInternal)]
    [InlineData("2001:db8::1", BuiltInRoles.Internet)]
    public void An_address_outside_the_site_is_internal_or_of_the_internet(string address, string role)
    {
        var identity = new HostDirectory(SiteOf([], [], [])).Resolve(AddressOf(address));

        Assert.Equal(role, Assert.Single(identity.Roles));
        Assert.False(identity.IsListed);
        Assert.Null(identity.Segment);
    }

    [Theory]
    [InlineData("10.1.0.1", "internal")]
    [InlineData("10.9.0.5", "perimeter")]
    [InlineData("198.51.100.7", "external")]
    [InlineData("2001:db8::5", "external")]
    public void The_longest_prefix_names_the_segment_and_any_takes_the_rest(string address, string segment) =>
        Assert.Equal(segment, new HostDirectory(Contoso).Resolve(AddressOf(address)).Segment);

    [Fact]
    public void Asking_again_allocates_nothing()
    {
        var directory = new HostDirectory(Contoso);
        var address = AddressOf("198.51.100.7");

        Assert.Equal(0, Allocation.Least(() => directory.Resolve(address)));
    }

    [Fact]
    public void A_scan_over_many_addresses_is_answered_beyond_what_is_kept()
    {
        var directory = new HostDirectory(Contoso);
        for (uint i = 0; i <= HostDirectory.MaxKept; i++)
            directory.Resolve(IpAddress.FromIpv4(0x0B00_0000 + i));

        Assert.Equal("edge1", directory.Resolve(AddressOf("10.9.0.5")).Name);
        Assert.NotSame(directory.Resolve(AddressOf("10.9.0.5")), directory.Resolve(AddressOf("10.9.0.5")));
    }

    private static IpAddress AddressOf(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address), text);
        return address;
    }

    private static Prefix PrefixOf(string address, int length) => new(AddressOf(address), length);

    private static SiteFile SiteOf(ImmutableArray<Segment> segments, ImmutableArray<SiteHost> hosts,
        ImmutableArray<SiteNetwork> networks) => new()
        {
            Name = "Contoso",
            File = "site.yaml",
            Sha256 = "",
            Catalogs = [],
            Conditions = ImmutableDictionary<string, bool>.Empty,
            Parameters = ImmutableDictionary<string, ImmutableArray<PortRange>>.Empty,
            Segments = segments,
            Hosts = hosts,
            Networks = networks,
            CapturePoints = [],
            Exceptions = [],
            Rules = [],
        };
}
