using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Cli;

/// <summary>A rules directory with a small catalog of every kind of entry.</summary>
internal sealed class CatalogRules : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    public CatalogRules()
    {
        _directory.Write("sources.yaml", $$"""
            documents:
              - { id: one, title: First handbook, sha256: {{new string('1', 64)}} }
              - { id: two, title: Second handbook, sha256: {{new string('2', 64)}} }
            """);
        Catalog = _directory.Write("small.yaml", """
            catalog: small
            title: Small
            roles:
              app: { title: Application server, aliases: [the application] }
              app-head: { title: First application server, isA: app }
              store: { title: Store }
              watcher: { title: Watcher }
            conditions:
              - { id: small.watched, title: Somebody watches, default: off,
                  source: { document: one, section: S1, lines: [1] } }
            parameters:
              - { id: small.range, title: Store range, default: [5000-5020, 6000],
                  source: { document: one, section: S1, lines: [2] } }
            rules:
              - id: small.wide
                title: Announced ports of the store
                from: app
                to: store
                transport: tcp
                ports: 1024-65535
                need: required
                via: { announced-by: dcerpc, services: [drsuapi, samr] }
                source: { document: one, section: S2, lines: [3] }
              - id: small.parameter
                title: Restricted ports of the store
                from: [app, watcher]
                to: store
                transport: [tcp, udp]
                ports: { parameter: small.range }
                need: optional
                source: { document: one, section: S2, lines: [4, 5] }
              - id: small.exact
                title: "Store, \"main\" port | A"
                from: app-head
                to: store
                transport: tcp
                ports: [6000, 443]
                protocol: [http, tls]
                security: tls
                need: conditional
                when: small.watched
                period: daily
                source:
                  - { document: one, section: S2, lines: [9] }
                  - { document: two, section: T1, lines: [7, 8] }
                  - { document: one, section: S3, lines: [6] }
                note: Read twice.
              - { id: small.ping, title: Ping, from: any, to: app, transport: icmp, need: informational,
                  source: { document: two, section: T2, lines: [1] } }
            cautions:
              - { id: small.no-wall, between: [app, store], means: no-firewall, unless: small.watched,
                  text: No wall., source: { document: two, section: T3, lines: [2] } }
            advice:
              - { id: small.restrict, about: [small.parameter], text: Restrict it., references: [KB 1],
                  source: { document: two, section: T3, lines: [3] } }
            dependencies:
              - { id: small.needs, of: app, on: dns, strength: required,
                  source: { document: two, section: T3, lines: [4] } }
            """);
    }

    /// <summary>The catalog's file.</summary>
    public string Catalog { get; }

    /// <summary>The directory.</summary>
    public string Path => _directory.Path;

    /// <summary>Writes one more file.</summary>
    public string Write(string name, string text) => _directory.Write(name, text);

    /// <summary>Runs a command of <c>catalog</c> over these rules: <paramref name="commandLine"/> parted at
    /// blanks.</summary>
    public CommandRun Run(string commandLine) => CommandRun.Of(["catalog", .. commandLine.Split(' '), "--rules", Path]);

    public void Dispose() => _directory.Dispose();
}
