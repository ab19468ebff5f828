using System.Text;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Site;

public sealed class SiteLoaderTests
{
    private const string Contoso = """
        site: Contoso pilot
        catalogs: [lync-server-2013]
        conditions: { lync.external-access: on, lync.xmpp-federation: off }
        segments: { internal: [10.0.0.0/16], perimeter: [172.16.0.0/24], external: [any] }
        hosts:
          - { name: fe01,  addresses: [10.0.0.11], roles: [lync-front-end-cms] }
          - { name: edge1, addresses: [172.16.0.5], roles: [lync-edge-internal] }
        networks:
          - { network: 10.0.64.0/18, roles: [lync-client] }
        exceptions:
          - { id: EX-7, from: fe01, to: any, transport: tcp, ports: 10000, reason: backup agent,
              owner: infra, expires: 2027-03-31 }
        rules:
          - { id: no-telnet, title: No Telnet, from: any, to: edge1, transport: tcp, ports: 23, verdict: forbidden }

        """;

    [Fact]
    public void A_site_comes_with_the_catalogs_it_names()
    {
        using var directory = new ScratchDirectory();

        var load = SiteLoader.Load(directory.Write("site.yaml", Contoso), null);

        Assert.Empty(load.Diagnostics);
        Assert.Equal("Contoso pilot", load.Site!.Name);
        Assert.Equal("lync-server-2013", Assert.Single(load.Catalogs!.Files).Id);
    }

    [Fact]
    public void Faults_of_site_and_rules_directory_come_in_one_run_and_give_nothing()
    {
        using var directory = new ScratchDirectory();
        using var rules = new ScratchDirectory();
        rules.Write("own.yaml", "catalog: own\ntitle: Own\nrules: [{ id: r }]\n");
        var path = directory.Write("site.yaml",
            "site: S\ncatalogs: [own]\nhosts: [{ name: h, addresses: [x], roles: [y] }]\n");

        var load = SiteLoader.Load(path, rules.Path);

        Assert.Null(load.Site);
        Assert.Null(load.Catalogs);
        Assert.Contains(load.Diagnostics, diagnostic => diagnostic.File.EndsWith("own.yaml", StringComparison.Ordinal)
            && diagnostic.Message == "a rule lacks 'title'");
        Assert.Contains(load.Diagnostics,
            diagnostic => diagnostic.File == path && diagnostic.Message == "'x' is not an IP address");
        Assert.DoesNotContain(load.Diagnostics,
            diagnostic => diagnostic.Message.Contains("unknown role", StringComparison.Ordinal));
    }

    [Fact]
    public void A_warning_does_not_keep_a_site_from_its_use()
    {
        using var directory = new ScratchDirectory();

        var load = SiteLoader.Load(directory.Write("site.yaml",
            Contoso.Replace("10.0.64.0/18", "10.0.64.1/18", StringComparison.Ordinal)), null);

        Assert.NotNull(load.Site);
        Assert.NotNull(load.Catalogs);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(load.Diagnostics).Severity);
    }

    [Fact]
    public void An_unknown_catalog_suggests_the_nearest()
    {
        using var directory = new ScratchDirectory();
        var path = directory.Write("site.yaml",
            Contoso.Replace("[lync-server-2013]", "[lync-server-2031]", StringComparison.Ordinal));

        var load = SiteLoader.Load(path, null);

        Assert.Equal($"{path}:2:12: unknown catalog 'lync-server-2031'; did you mean 'lync-server-2013'?",
            Assert.Single(load.Diagnostics).ToString());
    }

    [Fact]
    public void A_missing_site_is_a_diagnostic()
    {
        var load = SiteLoader.Load("no-such-site.yaml", null);

        Assert.Null(load.Site);
        Assert.Equal("no-such-site.yaml: no such file", Assert.Single(load.Diagnostics).ToString());
    }

    [Fact]
    public void No_change_to_a_site_makes_the_loader_throw()
    {
        const string Marks = "[]{}:,-?&*!|>'\"%@`#\t\n\r \u0001<=.0/\uFEFF\u0085é";
        using var directory = new ScratchDirectory();
        var random = new Random(20131);
        for (var round = 0; round < 300; round++)
        {
            var text = new StringBuilder(Contoso);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) is var kind && kind == 0)
                    text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                else if (kind == 1)
                    text.Insert(at, Marks[random.Next(Marks.Length)]);
                else
                    text[at] = Marks[random.Next(Marks.Length)];
            }

            var load = SiteLoader.Load(directory.Write("site.yaml", text.ToString()), null);

            Assert.Equal(load.Site is null,
                load.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            Assert.All(load.Diagnostics, diagnostic => Assert.DoesNotContain(diagnostic.ToString(), char.IsControl));
        }
    }
}
