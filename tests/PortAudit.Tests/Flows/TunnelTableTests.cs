using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class TunnelTableTests
{
    [Fact]
    public void A_tunnel_keeps_its_number_and_others_get_theirs()
    {
        var table = new TunnelTable();
        var first = table.NumberOf(Carrier(5));

        Assert.NotEqual(first, table.NumberOf(Carrier(6)));
        Assert.Equal(first, table.NumberOf(Carrier(5)));
        Assert.Equal(("vxlan:5", null), (table.TextOf(first), table.TextOf(TunnelTable.NoTunnel)));
    }

    [Fact]
    public void Digests_do_not_depend_on_the_order_in_which_tunnels_are_met()
    {
        var (one, other) = (new TunnelTable(), new TunnelTable());
        one.NumberOf(Carrier(5));

        Assert.Equal(one.DigestOf(one.NumberOf(Carrier(6))), other.DigestOf(other.NumberOf(Carrier(6))));
        Assert.NotEqual(one.DigestOf(one.NumberOf(Carrier(5))), one.DigestOf(one.NumberOf(Carrier(6))));
    }

    [Fact]
    public void Tunnels_beyond_the_bound_share_a_number_and_are_counted()
    {
        var table = new TunnelTable();
        for (var number = 0u; number < TunnelTable.MaximumTunnels; number++)
            Assert.NotEqual(TunnelTable.OtherTunnels, table.NumberOf(Carrier(number)));

        Assert.Equal(TunnelTable.OtherTunnels, table.NumberOf(Carrier(uint.MaxValue)));
        Assert.Equal((1, "other"), (table.PacketsOfOthers, table.TextOf(TunnelTable.OtherTunnels)));
        Assert.Equal((ushort)1, table.NumberOf(Carrier(0)));
    }

    private static DecodedPacket Carrier(uint number) => new()
    {
        Inner =
        new InnerPacket(TunnelKind.Vxlan, number, true, default, default, 0, 0, 0)
    };
}
