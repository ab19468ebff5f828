using System.Text;
using PortAudit.Traffic.Protocols.OncRpc;

namespace PortAudit.Tests.Protocols.OncRpc;

public sealed class UniversalAddressTests
{
    [Theory]
    [InlineData("10.9.0.2.8.1", "10.9.0.2", 2049)]
    [InlineData("0.0.0.0.0.111", "0.0.0.0", 111)]
    [InlineData("::.8.1", "::", 2049)]
    [InlineData("2001:db8::2.255.255", "2001:db8::2", 65535)]
    public void Address_and_port_stand_in_one_text(string text, string address, int port)
    {
        Assert.True(UniversalAddress.TryParse(Encoding.ASCII.GetBytes(text), out var read, out var number));
        Assert.Equal((address, port), (read.ToString(), number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8.1")]
    [InlineData("10.9.0.2")]
    [InlineData("10.9.0.2.8.256")]
    [InlineData("10.9.0.2.8.")]
    [InlineData("10.9.0.2.8.1x")]
    [InlineData("/run/rpcbind.sock")]
    public void Another_form_is_refused(string text) =>
        Assert.False(UniversalAddress.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));
}
