using System.Text;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols;

public sealed class ProtocolRegistryTests
{
    [Fact]
    public void Names_are_unique_and_found()
    {
        Assert.Equal(ProtocolRegistry.Rows.Length, ProtocolRegistry.Rows.Select(row => row.Name).Distinct().Count());
        Assert.All(ProtocolRegistry.Rows, row => Assert.Same(row, ProtocolRegistry.Find(row.Name)));
        Assert.Null(ProtocolRegistry.Find("no-such-protocol"));
    }

    [Fact]
    public void Names_and_titles_are_fit_for_rules_and_readers()
    {
        Assert.All(ProtocolRegistry.Rows, row => Assert.Matches("^[a-z][a-z0-9-]*$", row.Name));
        Assert.All(ProtocolRegistry.Rows, row => Assert.NotEmpty(row.Title));
    }

    [Fact]
    public void Kin_are_rows_too() =>
        Assert.All(ProtocolRegistry.Rows.SelectMany(row => row.Kin), kin => Assert.NotNull(ProtocolRegistry.Find(kin)));

    [Fact]
    public void An_ALPN_name_stands_for_the_row_that_has_it() =>
        Assert.All(ProtocolRegistry.Rows, row => Assert.All(row.AlpnNames,
            name => Assert.Equal(row.Name, ProtocolRegistry.Alpn.Of(Encoding.ASCII.GetBytes(name)))));

    [Fact]
    public void A_port_is_registered_once_for_each_transport()
    {
        Assert.Empty(Repeated(ProtocolRegistry.Rows.SelectMany(row => row.TcpPorts)));
        Assert.Empty(Repeated(ProtocolRegistry.Rows.SelectMany(row => row.UdpPorts)));
    }

    [Fact]
    public void Dynamic_ports_are_registered_for_nothing()
    {
        // RFC 6335 §6: 49152 and above are never assigned.
        Assert.DoesNotContain(ProtocolRegistry.Rows.SelectMany(row => row.TcpPorts.AddRange(row.UdpPorts)),
            port => port >= 49152);
    }

    [Theory]
    [InlineData("tcp", 443, "tls")]
    [InlineData("udp", 443, "quic")]
    [InlineData("tcp", 5061, "sip")]
    [InlineData("tcp", 636, "ldap")]
    [InlineData("udp", 389, "cldap")]
    [InlineData("tcp", 445, "smb")]
    [InlineData("tcp", 139, "nbss")]
    [InlineData("udp", 1434, "ssrp")]
    [InlineData("tcp", 135, "dcerpc")]
    [InlineData("udp", 5353, "mdns")]
    public void A_registered_port_has_its_row(string transport, int port, string name)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));

        Assert.Equal(name, ProtocolRegistry.ByPort(protocol, (ushort)port)?.Name);
        Assert.True(ProtocolRegistry.IsRegistered(protocol, (ushort)port));
    }

    [Fact]
    public void Other_transports_and_ports_have_none()
    {
        Assert.Null(ProtocolRegistry.ByPort(IpProtocol.Sctp, 443));
        Assert.Null(ProtocolRegistry.ByPort(IpProtocol.Udp, 22));
        Assert.False(ProtocolRegistry.IsRegistered(IpProtocol.Tcp, 50000));
    }

    [Fact]
    public void The_looking_up_of_a_port_allocates_nothing()
    {
        static void LookUp()
        {
            ProtocolRegistry.ByPort(IpProtocol.Tcp, 443);
            ProtocolRegistry.IsRegistered(IpProtocol.Udp, 50000);
        }

        Assert.Equal(0, Allocation.Least(LookUp));
    }

    private static IEnumerable<ushort> Repeated(IEnumerable<ushort> ports) =>
        ports.GroupBy(port => port).Where(group => group.Count() > 1).Select(group => group.Key);
}
