using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Records;

public sealed class TlsCipherSuitesTests
{
    [Theory]
    [InlineData(0x0000, "TLS_NULL_WITH_NULL_NULL")]
    [InlineData(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA")]
    [InlineData(0x00C6, "TLS_SM4_GCM_SM3")]
    [InlineData(0x1301, "TLS_AES_128_GCM_SHA256")]
    [InlineData(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    [InlineData(0xC106, "TLS_GOSTR341112_256_WITH_MAGMA_MGM_S")]
    [InlineData(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")]
    [InlineData(0xD005, "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256")]
    [InlineData(0x0A0A, null)]
    [InlineData(0xFEFE, null)]
    public void A_registered_suite_has_its_name(int suite, string? name) =>
        Assert.Equal(name, TlsCipherSuites.NameOf((ushort)suite));

    [NeedsFact(Part.Tshark)]
    public void The_names_are_tsharks()
    {
        var known = Tshark.Values("tls.handshake.ciphersuite")
            .ToDictionary(value => (ushort)value.Number, value => value.Name);
        var compared = 0;
        for (var suite = 0; suite <= ushort.MaxValue; suite++)
        {
            // The names that tshark prints for numbers of drafts and vendors are no registered ones, and it does not
            // know the newest.
            if (TlsCipherSuites.NameOf((ushort)suite) is not { } name
                || !known.TryGetValue((ushort)suite, out var other))
                continue;
            Assert.Equal(other, name);
            compared++;
        }

        Assert.True(compared > 330, $"{compared} names were compared");
    }
}
