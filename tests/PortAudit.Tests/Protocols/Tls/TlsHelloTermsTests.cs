using PortAudit.Traffic.Protocols.Tls;
using static PortAudit.Tests.Protocols.Tls.HelloBuilder;

namespace PortAudit.Tests.Protocols.Tls;

public sealed class TlsHelloTermsTests
{
    [Fact]
    public void What_is_missing_has_no_content()
    {
        TlsHelloTerms.Find(Parse(Client([47], (TlsExtension.ServerName, [1, 2]))).Extensions, out var terms);

        Assert.True(terms.Versions.IsEmpty && terms.SessionTicket.IsEmpty
            && !terms.AlpnNames.GetEnumerator().MoveNext());
        Assert.False(terms.HasEarlyData || terms.HasPreSharedKey);
    }

    [Fact]
    public void Each_is_found_wherever_it_stands()
    {
        var hello = Parse(Client([47], (TlsExtension.PreSharedKey, []), (TlsExtension.SessionTicket, [7]),
            (TlsExtension.EarlyData, []), (TlsExtension.Alpn, Alpn(1, 2)),
            (TlsExtension.SupportedVersions, [2, 3, 4])));
        TlsHelloTerms.Find(hello.Extensions, out var terms);
        var names = terms.AlpnNames;

        Assert.True(names.MoveNext());
        Assert.Equal([1, 2], names.Current.ToArray());
        Assert.Equal([7], terms.SessionTicket.ToArray());
        Assert.Equal(TlsVersion.Tls13, TlsVersion.HighestOf(terms.Versions));
        Assert.True(terms.HasEarlyData && terms.HasPreSharedKey);
    }

    [Fact]
    public void Of_two_of_a_type_the_first_counts_empty_as_it_may_be()
    {
        var hello = Parse(Client([47], (TlsExtension.SupportedVersions, []), (TlsExtension.SessionTicket, [1]),
            (TlsExtension.Alpn, []), (TlsExtension.SupportedVersions, [2, 3, 4]), (TlsExtension.SessionTicket, [2]),
            (TlsExtension.Alpn, Alpn(1))));
        TlsHelloTerms.Find(hello.Extensions, out var terms);

        Assert.True(terms.Versions.IsEmpty && !terms.AlpnNames.GetEnumerator().MoveNext());
        Assert.Equal([1], terms.SessionTicket.ToArray());
        Assert.Equal((hello.Extensions.HighestVersion, hello.Extensions.Find(TlsExtension.SessionTicket).Length),
            (TlsVersion.HighestOf(terms.Versions), terms.SessionTicket.Length));
    }
}
