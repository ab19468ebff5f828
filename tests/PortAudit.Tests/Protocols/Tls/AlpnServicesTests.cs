using System.Text;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Tests.Protocols.Tls;

public sealed class AlpnServicesTests
{
    [Theory]
    [InlineData("h2", "http")]
    [InlineData("h2-14", "http")]
    [InlineData("h3-29", "http")]
    [InlineData("http/0.9", "http")]
    [InlineData("http/1.1", "http")]
    [InlineData("sip/2", "sip")]
    [InlineData("xmpp-server", "xmpp")]
    [InlineData("stun.turn", "stun")]
    [InlineData("stun.nat-discovery", "stun")]
    [InlineData("pop3", "pop")]
    [InlineData("managesieve", "managesieve")]
    [InlineData("nnsp", "nntp")]
    [InlineData("dot", "dns")]
    [InlineData("doq", "dns")]
    [InlineData("doq-i11", "dns")]
    [InlineData("tds/8.0", "tds")]
    [InlineData("postgresql", "pgsql")]
    [InlineData("radius/1.1", "radius")]
    [InlineData("mqtt", "mqtt")]
    [InlineData("dicom", "dicom")]
    [InlineData("acme-tls/1", "acme")]
    [InlineData("h2c", "http")]
    [InlineData("spdy/3.1", "http")]
    [InlineData("grpc-exp", "http")]
    [InlineData("smb", "smb2")]
    [InlineData("c-webrtc", "webrtc")]
    [InlineData("co", "coap")]
    [InlineData("h2o", null)]
    [InlineData("doqs", null)]
    [InlineData("sip/3", null)]
    [InlineData("radius/", null)]
    [InlineData("", null)]
    [InlineData("something else", null)]
    public void A_name_stands_for_a_service_or_for_none_that_we_know(string name, string? service) =>
        Assert.Equal(service, ProtocolRegistry.Alpn.Of(Encoding.Latin1.GetBytes(name)));
}
