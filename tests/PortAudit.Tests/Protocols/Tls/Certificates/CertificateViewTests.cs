using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Tests.Protocols.Tls.Certificates;

/// <summary>Certificates that the platform makes, read back.</summary>
public sealed class CertificateViewTests
{
    private static readonly DateTimeOffset From = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly byte[] Own = Make(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.DecipherOnly,
        foreignKey: false);

    [Fact]
    public void The_fields_are_those_that_were_written()
    {
        Assert.True(CertificateView.TryParse(Own, out var view, out _));

        Assert.Equal(From.ToUnixTimeSeconds(), view.NotBefore);
        Assert.Equal(From.AddYears(40).ToUnixTimeSeconds(), view.NotAfter); // beyond 2049, so the other form
        Assert.Equal("digitalSignature decipherOnly", string.Join(' ', KeyUsageText.Of(view.Extensions.KeyUsage)));
        Assert.True(view.IsSelfSigned);
        var names = new List<string>();
        foreach (var name in new AlternativeNames(view.Extensions.AlternativeNames))
            names.Add(Convert.ToHexString(name));
        Assert.Equal([Convert.ToHexString("a.test"u8), "C000020A", "20010DB8000000000000000000000010"], names);
        var usages = view.Extensions.ExtendedKeyUsage;
        Assert.True(DerElement.TryTake(ref usages, out var first));
        Assert.True(DerElement.TryTake(ref usages, out var second));
        Assert.Equal(("clientAuth", "1.2.840.10045.3"),
            (ExtendedKeyUsageText.Of(first.Content), ExtendedKeyUsageText.Of(second.Content)));
    }

    [Fact]
    public void Another_authority_s_key_makes_it_not_self_signed()
    {
        Assert.True(CertificateView.TryParse(Make(X509KeyUsageFlags.None, foreignKey: true), out var view, out _));

        Assert.False(view.IsSelfSigned);
        Assert.Equal(0, view.Extensions.KeyUsage);
    }

    [Fact]
    public void Prefixes_and_changed_bytes_never_throw()
    {
        var random = new Random(20261122);
        for (var length = 0; length < Own.Length; length++)
            Assert.False(CertificateView.TryParse(Own.AsSpan(..length), out _, out _));
        for (var i = 0; i < 20_000; i++)
        {
            var changed = Own.ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (CertificateView.TryParse(changed, out var view, out _))
                _ = view.IsSelfSigned;
        }
    }

    private static byte[] Make(X509KeyUsageFlags usage, bool foreignKey)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("a.test");
        names.AddUri(new Uri("sip:a.test"));
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.10"));
        names.AddIpAddress(System.Net.IPAddress.Parse("2001:db8::10"));
        request.CertificateExtensions.Add(names.Build());
        if (usage != X509KeyUsageFlags.None)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2"),
            new Oid("1.2.840.10045.3")], critical: false));
        var subjectKey = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(subjectKey);
        byte[] identifier = foreignKey ? [1, 2, 3] : subjectKey.SubjectKeyIdentifierBytes.ToArray();
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        using var certificate = request.CreateSelfSigned(From, From.AddYears(40));
        return certificate.RawData;
    }
}
