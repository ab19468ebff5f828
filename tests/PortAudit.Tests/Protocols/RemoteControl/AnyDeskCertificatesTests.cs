using PortAudit.Traffic.Protocols.RemoteControl;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Protocols.RemoteControl;

public sealed class AnyDeskCertificatesTests
{
    [Theory]
    [InlineData("CN=AnyDesk Client", "CN=AnyDesk Client", true)]
    [InlineData("CN=AnyNet Relay,O=philandro Software GmbH,C=DE", "CN=AnyNet Root CA,O=philandro Software GmbH,C=DE",
        true)]
    [InlineData("CN=anydesk.com", "CN=R3,O=Let's Encrypt,C=US", false)] // the web site
    [InlineData("CN=Not AnyDesk Client", "CN=Another CA", false)]
    public void AnyDesk_is_told_by_its_own_certificates(string subject, string issuer, bool isAnyDesk) =>
        Assert.Equal(isAnyDesk, AnyDeskCertificates.AreIn(Handshake(
            new TlsCertificate { Subject = subject, Issuer = issuer, SerialNumber = "01", Sha256 = "00" })));

    [Fact]
    public void A_handshake_whose_certificates_are_hidden_tells_nothing() =>
        Assert.False(AnyDeskCertificates.AreIn(Handshake()));

    private static TlsHandshake Handshake(params TlsCertificate[] certificates) => new()
    {
        Version = 0x0303,
        SawServerHello = true,
        ServerCertificates = [.. certificates],
        ClientCertificate = ClientCertificate.Unknown,
    };
}
