using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Catalog;

public sealed class SignsReaderTests
{
    [Fact]
    public void A_sign_is_read()
    {
        var sign = Assert.Single(Read("{ role: a, serves: [{ protocol: [ldap, cldap], ports: [389, 3268-3269] }, { "
            + "protocol: dcerpc, service: drsuapi }], uses: { transport: tcp, ports: 1270 }, unless: b, confidence: "
            + "medium, many: yes, note: N }"));

        Assert.Equal(("a", Confidence.Medium, true, "N", "b"),
            (sign.Role, sign.Confidence, sign.IsOfMany, sign.Note, string.Join(' ', sign.Unless)));
        Assert.Equal("serves ldap or cldap on 389 or 3268-3269 and dcerpc (drsuapi); uses tcp 1270", sign.Text);
    }

    [Fact]
    public void A_mark_may_ask_for_the_Internet()
    {
        var sign = Assert.Single(Read("{ role: a, uses: { protocol: tls, transport: tcp, ports: 443, peer: internet }, "
            + "confidence: medium }"));

        Assert.True(Assert.Single(sign.Uses).IsWithInternet);
        Assert.Equal("uses tls on tcp 443, with the Internet", sign.Text);
    }

    [Fact]
    public void A_mark_may_ask_for_a_domain()
    {
        var sign = Assert.Single(Read("{ role: a, uses: { protocol: tls, server-name: [Example.test, b.example.net] }, "
            + "confidence: high }"));
        var mark = Assert.Single(sign.Uses);

        Assert.Equal("uses tls, of example.test or b.example.net", sign.Text);
        Assert.True(mark.Accepts("example.TEST"));
        Assert.True(mark.Accepts("www.example.test"));
        Assert.True(mark.Accepts("b.example.net"));
        Assert.False(mark.Accepts("wwwexample.test"));
        Assert.False(mark.Accepts("example.test.invalid"));
        Assert.False(mark.Accepts("example.net"));
        Assert.False(mark.Accepts(null));
    }

    [Fact]
    public void One_mark_need_not_stand_in_a_list()
    {
        var sign = Assert.Single(Read("{ role: a, uses: { protocol: kerberos }, confidence: high }"));

        Assert.Equal(("uses kerberos", Confidence.High, false), (sign.Text, sign.Confidence, sign.IsOfMany));
        Assert.Empty(sign.Unless);
    }

    [Theory]
    [InlineData("{ role: c, serves: { protocol: dns }, confidence: high }", 4, 17, "unknown role 'c'")]
    [InlineData("{ role: any, serves: { protocol: dns }, confidence: high }", 4, 17,
        "role 'any' is built in and has no signs")]
    [InlineData("{ role: a, confidence: high }", 4, 9, "a sign lacks 'serves'")]
    [InlineData("{ role: a, serves: { protocol: dnz }, confidence: high }", 4, 40, "unknown protocol 'dnz'")]
    [InlineData("{ role: a, serves: { protocol: dcerpc, service: drzuapi }, confidence: high }", 4, 57,
        "unknown RPC interface 'drzuapi'")]
    [InlineData("{ role: a, serves: { ports: 88 }, confidence: high }", 4, 28,
        "a mark without a protocol asks for 'transport' and 'ports'")]
    [InlineData("{ role: a, serves: { transport: tcp, ports: 88, service: x }, confidence: high }", 4, 28,
        "a service belongs to a protocol")]
    [InlineData("{ role: a, serves: { protocol: dns, port: 53 }, confidence: high }", 4, 45,
        "unknown key 'port' in a mark")]
    [InlineData("{ role: a, serves: { protocol: dns, peer: any }, confidence: high }", 4, 51,
        "'any' is no value of 'peer'")]
    [InlineData("{ role: a, uses: { protocol: tls, server-name: '*.a.test' }, confidence: low }", 4, 56,
        "'*.a.test' is no domain")]
    [InlineData("{ role: a, uses: { protocol: tls, server-name: test }, confidence: low }", 4, 56,
        "'test' is no domain")]
    [InlineData("{ role: a, serves: { protocol: dns }, confidence: sure }", 4, 59, "'sure' is no value of 'confidence'")
    ]
    [InlineData("{ role: a, serves: { protocol: dns } }", 4, 9, "a sign lacks 'confidence'")]
    [InlineData("{ role: a, serves: { protocol: dns }, unless: a, confidence: low }", 4, 55, "'a' excludes itself")]
    [InlineData("{ role: a, serves: [], confidence: low }", 4, 28, "the list of marks is empty")]
    [InlineData("{ role: a, serves: dns, confidence: low }", 4, 28, "a mark is a mapping with keys")]
    public void A_fault_is_told_with_its_place(string sign, int line, int column, string message)
    {
        Assert.Null(Texts.Catalog(Text(sign), out var diagnostics));

        var diagnostic = diagnostics.First(diagnostic =>
            diagnostic.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.Equal((line, column), (diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void The_same_sign_twice_is_a_fault()
    {
        const string Sign = "{ role: a, serves: { protocol: dns }, confidence: high }";
        Assert.Null(Texts.Catalog(Text($"{Sign}, {Sign.Replace("high", "low", StringComparison.Ordinal)}"),
            out var diagnostics));

        Assert.Equal("'a' has this sign twice", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void Every_role_of_the_shipped_catalogs_has_a_sign_or_is_said_to_have_none()
    {
        var diagnostics = new List<PortAudit.Audit.Yaml.Diagnostic>();
        var catalogs = CatalogLibrary.Load(CatalogLibrary.Ids(null, []), null, diagnostics)!;
        Assert.Empty(diagnostics);
        var told = catalogs.Files.SelectMany(file => file.Signs).Select(sign => sign.Role).ToHashSet();
        var page = File.ReadAllText(Repository.PathOf("docs", "roles.md"));
        var untold = page[page.IndexOf("## Roles without signs", StringComparison.Ordinal)..];

        Assert.All(
            catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id).Distinct(),
            role => Assert.True(told.Contains(role) != untold.Contains($"`{role}`", StringComparison.Ordinal), role));
    }

    private static ImmutableArray<Sign> Read(string signs)
    {
        var catalog = Texts.Catalog(Text(signs), out var diagnostics);
        Assert.Empty(diagnostics);
        return catalog!.File.Signs;
    }

    private static string Text(string signs) => $"{Texts.CatalogHead}signs: [{signs}]\nrules: []\n";
}
