using PortAudit.Audit.Site;

namespace PortAudit.Tests.Site;

public sealed class CapturePointBindingTests
{
    private static readonly CapturePointBinding Binding = new(
    [
        new CapturePoint("by-interface", "eth1", [], []),
        new CapturePoint("inside", null, ["*inside*.pcap*", "fw?.cap"], []),
        new CapturePoint("inside-eth2", "eth2", ["*inside*"], []),
    ]);

    [Theory]
    [InlineData("/data/fw-inside.pcapng", null, "inside")]
    [InlineData("/data/FW-INSIDE.PCAP.gz", null, "inside")]
    [InlineData("fw1.cap", "eth7", "inside")]
    [InlineData("fw12.cap", "eth7", "eth7")]
    [InlineData("/inside.pcap/outside.pcap", null, "")]
    [InlineData("outside.pcap", "eth1", "by-interface")]
    [InlineData("outside.pcap", "ETH1", "ETH1")]
    [InlineData("outside.pcap", null, "")]
    [InlineData("inside.pcap", "eth1", "inside")]
    [InlineData("inside.pcap", "eth2", "inside-eth2")]
    [InlineData("-", "eth1", "by-interface")]
    public void A_file_and_its_interface_belong_to_the_point_that_claims_them_best(string path, string? interfaceName,
        string point) =>
        Assert.Equal(point, Binding.PointOf(path, interfaceName));

    [Fact]
    public void Without_a_site_every_interface_is_a_point()
    {
        var binding = new CapturePointBinding([]);
        Assert.Equal(("eth0", ""), (binding.PointOf("a.pcapng", "eth0"), binding.PointOf("a.pcap", null)));
    }
}
